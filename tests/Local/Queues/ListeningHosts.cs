using Azure.Storage.Queues.Models;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Queues;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Local.Queues;

/// <summary>Listening to queues, and stopping as a host does, with a grace period that ends when a test says so.</summary>
internal sealed class ListeningHosts : IAsyncDisposable
{
    /// <summary>How long a test waits before it fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private readonly string _storage;
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly FakeTimeProvider _time = new();
    private readonly Drain _drain;
    private readonly List<QueueListening> _listening = [];
    private readonly FreshWork _fresh = new();

    public ListeningHosts(string storage)
    {
        _storage = storage;
        _drain = new Drain(_lifetime, Grace, _time);
    }

    /// <summary>Listens to a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="settings">host.json's settings.</param>
    /// <param name="run">The function.</param>
    public async Task ListenAsync(string queue, QueueSettings settings, Func<QueueMessage, CancellationToken, Task> run)
    {
        var processors = new MessageProcessor.Factory(_drain, NullLogger.Instance);
        _fresh.Add(processors.Wake);
        var listening = new QueueListening(
            queue,
            Task.CompletedTask,
            () => new QueueJobHost(_storage, queue, settings, processors, message => run(message, _drain.Canceled)),
            static _ => { },
            _drain,
            TimeProvider.System,
            NullLogger.Instance);
        await listening.StartAsync(TestContext.Current.CancellationToken);
        _listening.Add(listening);
    }

    /// <summary>Stops; ends when nothing runs any more.</summary>
    public Task StopAsync()
    {
        _lifetime.StopApplication();
        return Task.WhenAll(_listening.Select(listening => listening.StopAsync(CancellationToken.None))).WaitAsync(Patience);
    }

    /// <summary>Says that a function of the host has run.</summary>
    public void TellOfWork() => _fresh.Tell();

    /// <summary>Lets the grace period end.</summary>
    public void EndGrace() => _time.Advance(Grace);

    public async ValueTask DisposeAsync()
    {
        _lifetime.StopApplication();
        EndGrace();
        await StopAsync();
        _drain.Dispose();
    }
}
