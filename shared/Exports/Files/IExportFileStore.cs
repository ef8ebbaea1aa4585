using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Files;

/// <summary>Keeps the finished files. A file is published once, whole, under a name that derives from its job.</summary>
public interface IExportFileStore
{
    /// <summary>Starts an upload; nothing is visible until it is published.</summary>
    /// <param name="job">The job, with the attempt's number.</param>
    /// <param name="contentType">The file's media type.</param>
    IExportUpload OpenUpload(ExportJob job, string contentType);

    /// <summary>The file of a job, if it is published; what an attempt that died after publishing left behind.</summary>
    /// <param name="job">The job.</param>
    Task<PublishedFile?> FindAsync(ExportJob job, CancellationToken cancellationToken);

    /// <summary>Writes the manifest beside a published file; written again, it is the same.</summary>
    /// <param name="job">The job.</param>
    /// <param name="file">Its published file.</param>
    Task WriteManifestAsync(ExportJob job, PublishedFile file, CancellationToken cancellationToken);

    /// <summary>Removes the file and its manifest; no error when they are gone.</summary>
    /// <param name="job">The job.</param>
    /// <returns>False when there was nothing to remove.</returns>
    Task<bool> DeleteAsync(ExportJob job, CancellationToken cancellationToken);

    /// <summary>
    /// Removes every file of an export whose record can't be read, of the day it was accepted; no error when there is none.
    /// </summary>
    /// <param name="id">The export's id.</param>
    /// <param name="day">The UTC day.</param>
    Task DeleteAllAsync(Guid id, DateOnly day, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a download link that lives for a few minutes. Give it to the caller only: it is never logged, stored or mailed.
    /// </summary>
    /// <param name="job">A succeeded job.</param>
    Task<Uri> CreateLinkAsync(ExportJob job, CancellationToken cancellationToken);
}

/// <summary>One upload in progress. Disposing without publishing leaves nothing visible.</summary>
public interface IExportUpload : IAsyncDisposable
{
    /// <summary>Where the writer writes: write-only, not seekable, asynchronous only.</summary>
    Stream Output { get; }

    /// <summary>Waits until every byte has arrived. The file is still invisible.</summary>
    /// <param name="content">What the file holds, kept with it.</param>
    Task<PublishedFile> FinishAsync(FileContent content, CancellationToken cancellationToken);

    /// <summary>Makes the file visible in the place of whatever is there: a file that is brought back is published a second time.</summary>
    /// <param name="file">What <see cref="FinishAsync"/> returned.</param>
    /// <param name="cancellationToken">Stops the call; the file may be visible all the same.</param>
    Task PublishAgainAsync(PublishedFile file, CancellationToken cancellationToken);

    /// <summary>Makes the file visible, if no other attempt has; false when one has.</summary>
    /// <param name="file">What <see cref="FinishAsync"/> returned.</param>
    /// <param name="cancellationToken">Stops the call; the file may be visible all the same.</param>
    Task<bool> TryPublishAsync(PublishedFile file, CancellationToken cancellationToken);
}

/// <summary>What a file holds.</summary>
/// <param name="Rows">The rows written.</param>
/// <param name="SchemaHash">The hash of its columns, by <see cref="ExportManifest.HashOf"/>.</param>
/// <param name="Warnings">The writer's warnings.</param>
public sealed record FileContent(long Rows, string SchemaHash, IReadOnlyCollection<ExportWarning> Warnings);

/// <summary>What is known of a file from the file itself.</summary>
/// <param name="Rows">The rows written.</param>
/// <param name="Bytes">The size.</param>
/// <param name="Sha256">The SHA-256, lower-case hexadecimal; of a file in slices as <see cref="FileDigest"/> says.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="SchemaHash">The hash of its columns.</param>
/// <param name="Warnings">The writer's warnings.</param>
public sealed record PublishedFile(
    long Rows, long Bytes, string Sha256, string ContentType, string SchemaHash, IReadOnlyCollection<ExportWarning> Warnings)
{
    /// <summary>
    /// The sizes of the slices it was written in, which <see cref="Sha256"/> is by then; null when it was written in one piece.
    /// </summary>
    public IReadOnlyList<long>? SliceBytes { get; init; }
}
