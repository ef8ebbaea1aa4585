using ExportFunctions.Exports.Files;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Publishes a file joined from slices. When its uncommitted blocks, which storage keeps for a week, are gone, the slices are removed as
/// well: the next attempt starts over instead of joining them again.
/// </summary>
/// <param name="upload">The joined file.</param>
/// <param name="slices">The slices.</param>
/// <param name="jobId">The export.</param>
internal sealed class SlicedUpload(IExportUpload upload, ISliceStore slices, Guid jobId) : IExportUpload
{
    public Stream Output => upload.Output;

    public Task<PublishedFile> FinishAsync(FileContent content, CancellationToken cancellationToken) =>
        upload.FinishAsync(content, cancellationToken);

    public Task PublishAgainAsync(PublishedFile file, CancellationToken cancellationToken) =>
        upload.PublishAgainAsync(file, cancellationToken);

    public async Task<bool> TryPublishAsync(PublishedFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await upload.TryPublishAsync(file, cancellationToken);
        }
        catch (ExportFailureException exception) when (exception.Failure == FileFailures.BlocksLost)
        {
            await slices.DeleteAsync(jobId, cancellationToken);
            throw;
        }
    }

    public ValueTask DisposeAsync() => upload.DisposeAsync();
}
