using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats;

/// <summary>A file format that rows can be written in. Stateless; one instance serves every export.</summary>
public interface IFileFormat
{
    /// <summary>The name requests use: <c>excel</c>, <c>csv</c>, <c>jsonl</c> or <c>pdf</c>.</summary>
    string Name { get; }

    /// <summary>The media type of the file, unless options change it.</summary>
    string ContentType { get; }

    /// <summary>The file extension, with its dot, unless options change it.</summary>
    string FileExtension { get; }

    /// <summary>The media type of the file with these options.</summary>
    /// <param name="options">The options of the request.</param>
    string ContentTypeOf(WriterOptions options) => ContentType;

    /// <summary>The file extension with these options, with its dots, such as <c>.csv.gz</c>.</summary>
    /// <param name="options">The options of the request.</param>
    string FileExtensionOf(WriterOptions options) => FileExtension;

    /// <summary>
    /// Checks the format's limits as far as possible before any row is read, so that a request is refused rather than a job failed.
    /// </summary>
    /// <param name="columns">The columns, in output order.</param>
    /// <param name="options">The options of the request.</param>
    /// <param name="errors">Takes what is wrong, under the request's field names.</param>
    void Check(IReadOnlyList<DatasetColumn> columns, WriterOptions options, FieldErrors errors);

    /// <summary>Starts a file.</summary>
    /// <param name="output">Where the bytes go: write-only, not seekable, and written asynchronously only. The caller owns it.</param>
    /// <param name="layout">What the file looks like.</param>
    /// <returns>The writer; nothing has been written yet.</returns>
    IRowWriter CreateWriter(Stream output, FileLayout layout);
}

/// <summary>
/// Writes one file, forward-only. <see cref="CompleteAsync"/> completes it; disposing without it leaves an unfinished stream that is never
/// published.
/// </summary>
public interface IRowWriter : IAsyncDisposable
{
    /// <summary>Data that could not be written unchanged so far (such as a cell truncated at the format's limit), with counts.</summary>
    IReadOnlyCollection<ExportWarning> Warnings { get; }

    /// <summary>Writes the rows of a batch. The caller may reuse the batch when this returns.</summary>
    /// <param name="batch">Rows of the layout's column types.</param>
    /// <param name="cancellationToken">Stops the writing; the file is then unfinished.</param>
    ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken);

    /// <summary>Writes the end of the file and flushes it to the output. Call once, last. A file without rows is valid too.</summary>
    /// <param name="cancellationToken">Stops the writing; the file is then unfinished.</param>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}
