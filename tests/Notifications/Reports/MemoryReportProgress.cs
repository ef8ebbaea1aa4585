using ExportFunctions.Notifications.Reports;
using ExportFunctions.Tests.Exports;

namespace ExportFunctions.Tests.Notifications.Reports;

/// <summary>The progress in memory.</summary>
internal sealed class MemoryReportProgress
{
    public ReportProgress Current { get; private set; } = new(Due: null, Told: null);

    public IReportProgress As(Fuse fuse) => new View(this, fuse);

    private sealed class View(MemoryReportProgress progress, Fuse fuse) : IReportProgress
    {
        public Task<ReportProgress> FindAsync(CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(progress.Current));

        public Task SaveAsync(ReportProgress next, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            progress.Current = next;
            return Task.CompletedTask;
        });
    }
}
