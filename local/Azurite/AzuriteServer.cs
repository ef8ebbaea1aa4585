using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Local.Azurite;

/// <summary>An Azurite instance that this process started, and stops.</summary>
internal sealed partial class AzuriteServer : IAsyncDisposable
{
    // The development account's name and key are public and the same on every machine.
    private const string DevelopmentAccount = "devstoreaccount1";
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process _process;
    private readonly TimeSpan _stopTimeout;
    private readonly List<string> _errors = [];
    private readonly Dictionary<string, int> _ports = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;

    private AzuriteServer(Process process, TimeSpan stopTimeout) => (_process, _stopTimeout) = (process, stopTimeout);

    /// <summary>The connection string for storage clients.</summary>
    public string ConnectionString => ConnectionStringOf(DevelopmentAccount);

    /// <summary>The process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The port of the blob service.</summary>
    public int BlobPort => _ports["Blob"];

    /// <summary>The port of the queue service.</summary>
    public int QueuePort => _ports["Queue"];

    /// <summary>The port of the table service.</summary>
    public int TablePort => _ports["Table"];

    /// <summary>Installs Azurite if needed, starts it on loopback and waits until it listens.</summary>
    /// <param name="options">Its configuration.</param>
    /// <param name="cancellationToken">Stops the start; nothing is left running.</param>
    /// <exception cref="StartFailedException">It can't be installed or does not listen.</exception>
    public static async Task<AzuriteServer> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        await AzuritePackage.EnsureInstalledAsync(options.PackageFolder, options.Report, cancellationToken);
        Directory.CreateDirectory(options.Location);
        var server = new AzuriteServer(AzuritePackage.StartProcess(StartInfo(options)), options.StopTimeout);
        try
        {
            server.Listen();
            await server._ready.Task.WaitAsync(options.StartTimeout, TimeProvider.System, cancellationToken);
            return server;
        }
        catch (TimeoutException exception)
        {
            await server.DisposeAsync();
            throw new StartFailedException(
                $"Azurite did not listen within {options.StartTimeout.TotalSeconds:0} seconds: try again, or delete its data in"
                    + $" {options.Location} when it is damaged.",
                exception);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection string of another of its accounts.</summary>
    /// <param name="account">One of the options' accounts.</param>
    public string ConnectionStringOf(string account) => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={DevelopmentKey};BlobEndpoint=http://127.0.0.1:{_ports["Blob"]}/{account};QueueEndpoint=http://127.0.0.1:{_ports["Queue"]}/{account};TableEndpoint=http://127.0.0.1:{_ports["Table"]}/{account}");

    /// <summary>Stops it, after it has saved its data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(_stopTimeout, TimeProvider.System, CancellationToken.None);
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(AzuriteOptions options)
    {
        var start = new ProcessStartInfo(
            "node",
            [
                Path.Combine(options.PackageFolder, "start.cjs"),
                "--silent", "--skipApiVersionCheck", "--disableTelemetry",
                "--location", options.Location,
                "--blobHost", "127.0.0.1", "--blobPort", options.BlobPort.ToString(CultureInfo.InvariantCulture),
                "--queueHost", "127.0.0.1", "--queuePort", options.QueuePort.ToString(CultureInfo.InvariantCulture),
                "--tableHost", "127.0.0.1", "--tablePort", options.TablePort.ToString(CultureInfo.InvariantCulture),
            ])
        {
            WorkingDirectory = options.PackageFolder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(
            ';', options.Accounts.Prepend(DevelopmentAccount).Select(account => $"{account}:{DevelopmentKey}"));
        return start;
    }

    private void Listen()
    {
        _process.OutputDataReceived += (_, line) => ReadPort(line.Data);
        _process.ErrorDataReceived += (_, line) => KeepError(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _ = WatchAsync();
    }

    private async Task WatchAsync()
    {
        // Also waits for the end of its output, which says why it exited.
        await _process.WaitForExitAsync(CancellationToken.None);
        _ready.TrySetException(new StartFailedException(WhyItEnded()));
    }

    private void ReadPort(string? line)
    {
        if (line is null || Listening.Match(line) is not { Success: true } match)
            return;

        _ports[match.Groups["service"].Value] = int.Parse(match.Groups["port"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        if (_ports.Count == 3)
            _ready.TrySetResult();
    }

    private void KeepError(string? line)
    {
        lock (_errors)
        {
            if (line is { Length: > 0 } && _errors.Count < 20)
                _errors.Add(line);
        }
    }

    private string WhyItEnded()
    {
        lock (_errors)
        {
            var busy = _errors.Select(line => BusyPort.Match(line)).FirstOrDefault(match => match.Success);
            return busy is not null
                ? $"Azurite, the storage emulator, can't listen on port {busy.Groups["port"].Value} because another program does: stop that program, or set AzureWebJobsStorage to a storage account."
                : $"Azurite, the storage emulator, ended while starting: {_errors.FirstOrDefault("it gave no reason")}";
        }
    }

    [GeneratedRegex(
        @"Azurite (?<service>Blob|Queue|Table) service is successfully listening at http://[^:]+:(?<port>\d+)",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Listening { get; }

    [GeneratedRegex(@"EADDRINUSE.*:(?<port>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BusyPort { get; }
}
