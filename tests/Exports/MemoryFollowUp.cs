using System.Collections.Concurrent;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Tests.Exports;

/// <summary>Keeps what it was told of jobs that are final.</summary>
internal sealed class MemoryFollowUp
{
    /// <summary>Each job as it was told, in order, repetitions included.</summary>
    public ConcurrentQueue<ExportJob> Told { get; } = new();

    /// <summary>Runs before a job is kept: a test throws here.</summary>
    public Action<ExportJob> Telling { get; set; } = _ => { };

    public IExportFollowUp As(Fuse fuse) => new View(this, fuse);

    private sealed class View(MemoryFollowUp followUp, Fuse fuse) : IExportFollowUp
    {
        public Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            followUp.Telling(job);
            followUp.Told.Enqueue(job);
            return Task.CompletedTask;
        });
    }
}
