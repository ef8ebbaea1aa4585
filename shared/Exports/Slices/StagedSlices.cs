using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>The blocks that a worker staged of a slice which it holds no longer.</summary>
internal sealed class StagedSlices(IExportJobStore jobs, ISliceFiles files, IOptions<ExportOptions> options, TimeProvider time)
{
    /// <summary>Removes what was staged after the export had ended, and its blocks with it: nobody else will.</summary>
    public async Task DiscardAsync(ExportJob job)
    {
        using var last = new CancellationTokenSource(options.Value.LastWriteTimeout, time);
        if (await jobs.FindAsync(job.Id, last.Token) is null or { Status: ExportStatus.Failed or ExportStatus.Canceled })
            await files.DiscardAsync(job, last.Token);
    }
}
