using Microsoft.Extensions.Hosting;

namespace ExportFunctions.Startup;

/// <summary>
/// Work that must be done before the first call. Plain hosted services start in registration order, and the Functions worker registers its
/// own first, so it would take calls while the others still start; this runs ahead of all of them.
/// </summary>
internal abstract class StartupStep : IHostedLifecycleService
{
    public abstract Task StartingAsync(CancellationToken cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
