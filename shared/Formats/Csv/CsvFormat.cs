using ExportFunctions.Compression;
using ExportFunctions.Datasets;
using ExportFunctions.Formats.Records;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Csv;

/// <summary>
/// Comma-separated values as in RFC 4180: UTF-8, with a header record. No limit on rows or columns; a field may have up to 1 GB.
/// </summary>
/// <param name="compression">How one file is compressed, when gzip is asked for.</param>
/// <remarks>
/// The header holds the columns' titles in the <see cref="InjectionProfile.Safe"/> profile and their names in
/// <see cref="InjectionProfile.Raw"/>. A null is an empty field and an empty text is <c>""</c>; with <see cref="WriterOptions.NullText"/>
/// a null is that text without quotes, and a text equal to it has them. An empty line is no record to many readers, so that in a file of
/// one column a null is <c>NULL</c> without quotes among texts, and <c>""</c> among values of another type. Decimals show all digits of
/// their column's scale, or their own; booleans are
/// <c>true</c> and <c>false</c>; dates <c>2026-03-14</c>; times <c>17:09:26</c>; timestamps ISO 8601 in the export's zone with its offset,
/// <c>2026-03-14T17:09:26+02:00</c>, or <c>Z</c> in UTC; local ones without either; each with a fraction of a second only where there is
/// one. A value that its column's type can't hold is written as text. Control characters are kept, except that the safe profile writes
/// U+FFFD for NUL, at which many readers end a field, and counts it.
/// </remarks>
public sealed class CsvFormat(DeflateSettings compression) : IFileFormat, ISlicedFormat
{
    /// <summary>Makes the format.</summary>
    /// <param name="compressionThreads">The threads that compress one file.</param>
    public CsvFormat(int compressionThreads = 1)
        : this(new DeflateSettings(compressionThreads))
    {
    }

    /// <inheritdoc/>
    public string Name => "csv";

    /// <inheritdoc/>
    public string ContentType => "text/csv; charset=utf-8";

    /// <inheritdoc/>
    public string FileExtension => ".csv";

    /// <inheritdoc/>
    public string ContentTypeOf(WriterOptions options) => options.Compression == FileCompression.Gzip ? "application/gzip" : ContentType;

    /// <inheritdoc/>
    public string FileExtensionOf(WriterOptions options) =>
        options.Compression == FileCompression.Gzip ? FileExtension + ".gz" : FileExtension;

    /// <inheritdoc/>
    public void Check(IReadOnlyList<DatasetColumn> columns, WriterOptions options, FieldErrors errors)
    {
        // CSV has no limits.
    }

    /// <inheritdoc/>
    public IRowWriter CreateWriter(Stream output, FileLayout layout) =>
        new RecordWriter(output, new CsvEncoder(layout), layout.Options.Compression, compression);

    /// <inheritdoc/>
    public ISliceWriter CreateSliceWriter(Stream output, FileLayout layout, FileSlice slice) =>
        new RecordWriter(
            output, new CsvEncoder(layout, slice.IsFirst), layout.Options.Compression, compression, hasHeader: slice.IsFirst);

    /// <inheritdoc/>
    public ValueTask WriteEndAsync(
        Stream output,
        FileLayout layout,
        ReadOnlyMemory<byte> plan,
        IReadOnlyList<WrittenSlice> slices,
        CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
