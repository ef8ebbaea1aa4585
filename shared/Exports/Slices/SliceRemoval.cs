using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Slices;

/// <summary>Removes the slices of an export that has ended or is deleted, and the blocks of one that has no file.</summary>
internal sealed class SliceRemoval(ISliceStore slices, ISliceFiles files) : IExportFollowUp, IExportRemnants
{
    public Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken) => RemoveAsync(job, cancellationToken);

    public async Task RemoveAsync(ExportJob job, CancellationToken cancellationToken)
    {
        // An aborted partitioning leaves rows too, though no slices.
        var isWhole = job is { Status: ExportStatus.Succeeded, File.SliceBytes: null };
        if (isWhole || !await slices.HasRowsAsync(job.Id, cancellationToken))
            return;

        if (job.Status is ExportStatus.Failed or ExportStatus.Canceled)
            await files.DiscardAsync(job, cancellationToken);
        await slices.DeleteAsync(job.Id, cancellationToken);
    }
}
