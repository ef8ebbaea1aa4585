using Microsoft.Extensions.Hosting;

namespace ExportFunctions.Local.Hosting;

/// <summary>The two steps of stopping: first no new work is accepted, and after a grace period running work is canceled.</summary>
internal sealed class Drain : IDisposable
{
    private readonly CancellationTokenSource _canceled;
    private readonly CancellationTokenRegistration _registration;

    /// <summary>Watches the host.</summary>
    /// <param name="lifetime">Signals when stopping begins.</param>
    /// <param name="grace">How long running functions may continue.</param>
    /// <param name="timeProvider">The clock.</param>
    public Drain(IHostApplicationLifetime lifetime, TimeSpan grace, TimeProvider timeProvider)
    {
        _canceled = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        Stopping = lifetime.ApplicationStopping;
        Canceled = _canceled.Token;
        _registration = Stopping.Register(() => _canceled.CancelAfter(grace));
    }

    /// <summary>Canceled when stopping begins.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Canceled when the grace period is over.</summary>
    public CancellationToken Canceled { get; }

    public void Dispose()
    {
        _registration.Dispose();
        _canceled.Dispose();
    }
}
