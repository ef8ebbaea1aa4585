using System.Net.Sockets;
using Azure;
using Azure.Storage.Queues;
using ExportFunctions.Local.Hosting;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Local.Azurite;

/// <summary>
/// The storage the host runs on. If it is the emulator and nothing listens, Azurite is started, and stopped on disposal; an instance that
/// is running already is left alone.
/// </summary>
internal sealed class LocalStorage : IAsyncDisposable
{
    private const string Emulator = "UseDevelopmentStorage=true";

    // Another host may be starting or stopping Azurite right now.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly AzuriteServer? _started;

    private LocalStorage(AzuriteServer? started) => _started = started;

    /// <summary>Whether this process started Azurite.</summary>
    public bool IsStarted => _started is not null;

    /// <summary>Ensures that storage responds.</summary>
    /// <param name="configuration">Read for <c>AzureWebJobsStorage</c>.</param>
    /// <param name="repository">Locates Azurite's package and data.</param>
    /// <param name="report">Receives progress messages about slow steps.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StartFailedException">It does not respond; the message says why.</exception>
    public static async Task<LocalStorage> EnsureAsync(
        IConfiguration configuration, Repository repository, Action<string> report, CancellationToken cancellationToken)
    {
        if (configuration[StorageConnection.HostStorage] is not { Length: > 0 } connection)
            throw new StartFailedException(
                $"The setting {StorageConnection.HostStorage} is missing: set it to {Emulator} for the emulator, or to a storage"
                    + " connection string.");

        var isEmulator = connection.Trim().TrimEnd(';') == Emulator;
        var emulator = new AzuriteOptions { PackageFolder = repository.AzuritePackage, Location = repository.AzuriteData, Report = report };
        var storage = new LocalStorage(isEmulator ? await StartUnlessListeningAsync(emulator, cancellationToken) : null);
        try
        {
            await CheckAsync(connection, isEmulator, cancellationToken);
            return storage;
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _started?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Starts Azurite; null when another instance listens on these ports already.</summary>
    internal static async Task<AzuriteServer?> StartUnlessListeningAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        int[] ports = [options.BlobPort, options.QueuePort, options.TablePort];
        if (await WaitForPortsAsync(ports, cancellationToken) == ports.Length)
            return null;

        await AzuritePackage.EnsureInstalledAsync(options.PackageFolder, options.Report, cancellationToken);
        options.Report("Starting Azurite, the storage emulator …");
        try
        {
            return await AzuriteServer.StartAsync(options, cancellationToken);
        }
        catch (StartFailedException)
        {
            // When two hosts start together, both find nothing listening, and one of them wins.
            if (await WaitForPortsAsync(ports, cancellationToken) == ports.Length)
                return null;

            throw;
        }
    }

    /// <summary>The number of ports with a listener, once it is none or all, or has stayed in between.</summary>
    private static async Task<int> WaitForPortsAsync(int[] ports, CancellationToken cancellationToken)
    {
        var listening = 0;
        for (var waited = TimeSpan.Zero; waited < Settling; waited += Between)
        {
            listening = await CountListeningAsync(ports, cancellationToken);
            if (listening is 0 || listening == ports.Length)
                break;

            await Task.Delay(Between, TimeProvider.System, cancellationToken);
        }

        return listening;
    }

    private static async Task<int> CountListeningAsync(int[] ports, CancellationToken cancellationToken)
    {
        var listening = 0;
        foreach (var port in ports)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port, cancellationToken);
                listening++;
            }
            catch (SocketException)
            {
                // Nothing listens there.
            }
        }

        return listening;
    }

    private static async Task CheckAsync(string connection, bool isEmulator, CancellationToken cancellationToken)
    {
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(AnswerTimeout);
            var options = new QueueClientOptions { Retry = { MaxRetries = 1, NetworkTimeout = AnswerTimeout / 2 } };
            await new QueueServiceClient(connection, options).GetPropertiesAsync(timeout.Token);
        }
        catch (FormatException exception)
        {
            throw new StartFailedException(
                $"The setting {StorageConnection.HostStorage} is not a storage connection string: copy it from the account's access keys,"
                    + $" or use {Emulator}.",
                exception);
        }
        catch (RequestFailedException exception) when (isEmulator && exception.ErrorCode == "InvalidHeaderValue")
        {
            throw new StartFailedException(
                "The Azurite that runs already refuses this storage API version: start it with --skipApiVersionCheck, or stop it and let"
                    + " this program start one.",
                exception);
        }
        catch (RequestFailedException exception) when (exception.Status != 0)
        {
            throw new StartFailedException(
                isEmulator
                    ? "What listens on port 10001 does not answer as Azurite would: stop that program, or set"
                        + $" {StorageConnection.HostStorage} to a storage account."
                    : $"Storage refuses the connection in {StorageConnection.HostStorage} ({exception.ErrorCode ?? "status " + exception.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)}): check the account's name and key.",
                exception);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StartFailedException(
                isEmulator
                    ? "What listens on ports 10000 to 10002 does not answer as Azurite would: stop that program, or set"
                        + $" {StorageConnection.HostStorage} to a storage account."
                    : $"Storage can't be reached: check {StorageConnection.HostStorage} and the network.",
                exception);
        }
    }
}
