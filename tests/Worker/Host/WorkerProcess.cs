using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ExportFunctions.TestHost;

/// <summary>The worker's process, started with the arguments and variables that the Functions host gives it.</summary>
public sealed class WorkerProcess : IDisposable
{
    private const int MaxMessageBytes = int.MaxValue;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>How it ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What it wrote to its console so far.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>The processor time it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the app.</summary>
    /// <param name="options">What and how.</param>
    /// <param name="host">Where the worker is to call.</param>
    public static WorkerProcess Start(WorkerHostOptions options, Uri host)
    {
        var workerId = Guid.CreateVersion7().ToString();
        var requestId = Guid.CreateVersion7().ToString();
        var maxMessageBytes = MaxMessageBytes.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(options.AppFolder, options.Assembly),
            "--host", host.Host, "--port", host.Port.ToString(CultureInfo.InvariantCulture),
            "--workerId", workerId, "--requestId", requestId, "--grpcMaxMessageLength", maxMessageBytes,
            "--functions-uri", host.AbsoluteUri, "--functions-worker-id", workerId, "--functions-request-id", requestId,
            "--functions-grpc-max-message-length", maxMessageBytes,
        ])
        {
            WorkingDirectory = options.AppFolder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (var (name, value) in options.Settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;

        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = options.AppFolder;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = options.AppFolder;
        start.Environment.TryAdd("AZURE_FUNCTIONS_ENVIRONMENT", "Production");

        var worker = new WorkerProcess(new Process { StartInfo = start });
        worker._process.OutputDataReceived += (_, line) => worker.Keep(line.Data);
        worker._process.ErrorDataReceived += (_, line) => worker.Keep(line.Data);
        worker._process.Start();
        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Ends it without a word, as kill -9 does.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();

        await WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Sends SIGTERM, as a container's end does, and waits until it has ended.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task TerminateAsync(CancellationToken cancellationToken)
    {
        using (var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(cancellationToken);

        await WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits until it has ended.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public void Dispose() => _process.Dispose();

    private void Keep(string? line)
    {
        if (line is not null)
            _output.Enqueue(line);
    }
}
