using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ExportFunctions.Tests.Integration;

/// <summary>A host as a process of its own, which a test can kill.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private HostProcess(Process process, int port)
    {
        _process = process;
        Client = new ExportClient(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
    }

    public ExportClient Client { get; }

    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Starts the command line's <c>serve</c> on a free port; done when the app is healthy.</summary>
    public static async Task<HostProcess> StartAsync(Dictionary<string, string?> settings)
    {
        var host = Launch(settings, AppContext.BaseDirectory);
        try
        {
            await host.WaitUntilReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it without waiting for anything.</summary>
    /// <param name="settings">The settings, as environment variables.</param>
    /// <param name="folder">Where the program is.</param>
    public static HostProcess Launch(Dictionary<string, string?> settings, string folder)
    {
        var port = FreePort();
        return Launch(settings, folder, port, ["serve", "--port", port.ToString(CultureInfo.InvariantCulture)]);
    }

    /// <summary>Starts another command without waiting for anything.</summary>
    /// <param name="settings">The settings, as environment variables.</param>
    /// <param name="arguments">The command.</param>
    public static HostProcess Run(Dictionary<string, string?> settings, params IReadOnlyList<string> arguments) =>
        Launch(settings, AppContext.BaseDirectory, port: 0, arguments);

    private static HostProcess Launch(Dictionary<string, string?> settings, string folder, int port, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "exportfunctions.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;

        var host = new HostProcess(Process.Start(start)!, port);
        host._process.OutputDataReceived += (_, line) => host._output.Enqueue(line.Data ?? "");
        host._process.ErrorDataReceived += (_, line) => host._output.Enqueue(line.Data ?? "");
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>The most memory the process ever had resident, in MB.</summary>
    public double PeakMegabytes() => double.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").Single(
            line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    /// <summary>The processor time the process has used, in seconds.</summary>
    public double ProcessorSeconds()
    {
        _process.Refresh();
        return _process.TotalProcessorTime.TotalSeconds;
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Ends the process without a word, as kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop, as a service manager does, and gives its exit code.</summary>
    public Task<int> TerminateAsync() => SignalAsync("-TERM");

    /// <summary>Asks the process to stop, as Ctrl+C does, and gives its exit code.</summary>
    public Task<int> InterruptAsync() => SignalAsync("-INT");

    /// <summary>Waits until the process has ended by itself, and gives its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task<int> SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await ExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilReadyAsync()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var health = await Client.Http.GetAsync(new Uri("/api/v1/health", UriKind.Relative));
                if (health.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet, or no longer.
            }

            if (_process.HasExited || waited.Elapsed > TimeSpan.FromSeconds(60))
                throw new InvalidOperationException($"The host is not ready: {Output}");

            await Task.Delay(100);
        }
    }
}
