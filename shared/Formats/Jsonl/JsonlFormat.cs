using ExportFunctions.Compression;
using ExportFunctions.Datasets;
using ExportFunctions.Formats.Records;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Jsonl;

/// <summary>
/// JSON Lines (https://jsonlines.org): UTF-8 without a byte order mark, one object of RFC 8259 a record, each ended by LF. No limit on rows
/// or columns; a text may have 300 MB.
/// </summary>
/// <param name="compression">How one file is compressed, when gzip is asked for.</param>
/// <remarks>
/// The properties are the columns' names, in output order. Integers and decimals are numbers with all their digits, or strings
/// (<see cref="WriterOptions.LargeIntegers"/>, <see cref="WriterOptions.Decimals"/>); booleans are <c>true</c> and <c>false</c>. All else
/// is a string: texts and identifiers, dates <c>2026-03-14</c>, times <c>17:09:26</c>, timestamps as in RFC 3339 in the export's zone with
/// its offset,
/// <c>2026-03-14T17:09:26+02:00</c>, or <c>Z</c> in UTC, local ones without either, each with a fraction of a second only where there is
/// one, and values that their column's type can't hold. A record is a line to every reader: whatever one could take for a line break is
/// escaped, U+0085, U+2028 and U+2029 too.
/// </remarks>
public sealed class JsonlFormat(DeflateSettings compression) : IFileFormat, ISlicedFormat
{
    /// <summary>Makes the format.</summary>
    /// <param name="compressionThreads">The threads that compress one file.</param>
    public JsonlFormat(int compressionThreads = 1)
        : this(new DeflateSettings(compressionThreads))
    {
    }

    /// <inheritdoc/>
    public string Name => "jsonl";

    /// <inheritdoc/>
    public string ContentType => "application/x-ndjson";

    /// <inheritdoc/>
    public string FileExtension => ".jsonl";

    /// <inheritdoc/>
    public string ContentTypeOf(WriterOptions options) => options.Compression == FileCompression.Gzip ? "application/gzip" : ContentType;

    /// <inheritdoc/>
    public string FileExtensionOf(WriterOptions options) =>
        options.Compression == FileCompression.Gzip ? FileExtension + ".gz" : FileExtension;

    /// <inheritdoc/>
    public void Check(IReadOnlyList<DatasetColumn> columns, WriterOptions options, FieldErrors errors)
    {
        // JSON Lines has no limits.
    }

    /// <inheritdoc/>
    public IRowWriter CreateWriter(Stream output, FileLayout layout) =>
        new RecordWriter(output, new JsonlEncoder(layout), layout.Options.Compression, compression);

    /// <inheritdoc/>
    public ISliceWriter CreateSliceWriter(Stream output, FileLayout layout, FileSlice slice) =>
        new RecordWriter(output, new JsonlEncoder(layout), layout.Options.Compression, compression, hasHeader: slice.IsFirst);

    /// <inheritdoc/>
    public ValueTask WriteEndAsync(
        Stream output,
        FileLayout layout,
        ReadOnlyMemory<byte> plan,
        IReadOnlyList<WrittenSlice> slices,
        CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
