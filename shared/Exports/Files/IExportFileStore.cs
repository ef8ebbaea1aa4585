using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Files;

/// <summary>Stores the finished files. A file is published once, as a whole, under a name derived from its job.</summary>
public interface IExportFileStore
{
    /// <summary>Starts an upload; nothing is visible until it is published.</summary>
    /// <param name="job">The job, with the attempt's number.</param>
    /// <param name="contentType">The file's media type.</param>
    IExportUpload OpenUpload(ExportJob job, string contentType);

    /// <summary>A job's file if it is published; an attempt that died after publishing leaves one behind.</summary>
    /// <param name="job">The job.</param>
    Task<PublishedFile?> FindAsync(ExportJob job, CancellationToken cancellationToken);

    /// <summary>Writes the manifest beside a published file; safe to repeat with the same result.</summary>
    /// <param name="job">The job.</param>
    /// <param name="file">Its published file.</param>
    Task WriteManifestAsync(ExportJob job, PublishedFile file, CancellationToken cancellationToken);

    /// <summary>Removes the file and its manifest; no error when they are gone.</summary>
    /// <param name="job">The job.</param>
    /// <returns>False when there was nothing to remove.</returns>
    Task<bool> DeleteAsync(ExportJob job, CancellationToken cancellationToken);

    /// <summary>
    /// Removes every file of an export whose record can't be read, for the day it was accepted; no error when there are none.
    /// </summary>
    /// <param name="id">The export's id.</param>
    /// <param name="day">The UTC day.</param>
    Task DeleteAllAsync(Guid id, DateOnly day, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a download link that is valid for a few minutes. Give it to the caller only: it is never logged, stored or mailed.
    /// </summary>
    /// <param name="job">A succeeded job.</param>
    Task<Uri> CreateLinkAsync(ExportJob job, CancellationToken cancellationToken);
}

/// <summary>One upload in progress. Disposing without publishing leaves nothing visible.</summary>
public interface IExportUpload : IAsyncDisposable
{
    /// <summary>Where the writer writes: write-only, not seekable, asynchronous only.</summary>
    Stream Output { get; }

    /// <summary>Waits until every byte has been uploaded. The file is still invisible.</summary>
    /// <param name="content">What the file contains, stored with it.</param>
    Task<PublishedFile> FinishAsync(FileContent content, CancellationToken cancellationToken);

    /// <summary>Makes the file visible, replacing any existing one: a restored file is published a second time.</summary>
    /// <param name="file">What <see cref="FinishAsync"/> returned.</param>
    /// <param name="cancellationToken">Cancels the call; the file may be visible nevertheless.</param>
    Task PublishAgainAsync(PublishedFile file, CancellationToken cancellationToken);

    /// <summary>Makes the file visible unless another attempt already has; false when one has.</summary>
    /// <param name="file">What <see cref="FinishAsync"/> returned.</param>
    /// <param name="cancellationToken">Cancels the call; the file may be visible nevertheless.</param>
    Task<bool> TryPublishAsync(PublishedFile file, CancellationToken cancellationToken);
}

/// <summary>What a file contains.</summary>
/// <param name="Rows">The rows written.</param>
/// <param name="SchemaHash">The hash of its columns, by <see cref="ExportManifest.HashOf"/>.</param>
/// <param name="Warnings">The writer's warnings.</param>
public sealed record FileContent(long Rows, string SchemaHash, IReadOnlyCollection<ExportWarning> Warnings);

/// <summary>What the stored file itself provides.</summary>
/// <param name="Rows">The rows written.</param>
/// <param name="Bytes">The size.</param>
/// <param name="Sha256">The SHA-256, lower-case hexadecimal; for a file written in slices, see <see cref="FileDigest"/>.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="SchemaHash">The hash of its columns.</param>
/// <param name="Warnings">The writer's warnings.</param>
public sealed record PublishedFile(
    long Rows, long Bytes, string Sha256, string ContentType, string SchemaHash, IReadOnlyCollection<ExportWarning> Warnings)
{
    /// <summary>
    /// The sizes of the slices the file was written in; <see cref="Sha256"/> is then computed over these slices. Null when it was written
    /// in one piece.
    /// </summary>
    public IReadOnlyList<long>? SliceBytes { get; init; }
}
