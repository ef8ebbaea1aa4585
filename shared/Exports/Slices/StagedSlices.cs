using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>The blocks a worker staged for a slice that it no longer holds.</summary>
internal sealed class StagedSlices(IExportJobStore jobs, ISliceFiles files, IOptions<ExportOptions> options, TimeProvider time)
{
    /// <summary>Removes blocks that were staged after the export had ended; nothing else would.</summary>
    public async Task DiscardAsync(ExportJob job)
    {
        using var last = new CancellationTokenSource(options.Value.LastWriteTimeout, time);
        if (await jobs.FindAsync(job.Id, last.Token) is null or { Status: ExportStatus.Failed or ExportStatus.Canceled })
            await files.DiscardAsync(job, last.Token);
    }
}
