using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Formats.Pdf;

/// <summary>
/// Portable documents for people: a table on numbered pages, with its header on each. The engine chosen by
/// <see cref="PdfOptions.Engine"/> draws them.
/// </summary>
/// <param name="engines">The engines of this build.</param>
/// <param name="options">Which engine to take.</param>
public sealed class PdfFormat(IEnumerable<IPdfEngine> engines, IOptions<PdfOptions> options) : IFileFormat, ISlicedFormat
{
    private readonly IPdfEngine _engine =
        engines.First(engine => string.Equals(engine.Name, options.Value.Engine, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public string Name => "pdf";

    /// <inheritdoc/>
    public string ContentType => "application/pdf";

    /// <inheritdoc/>
    public string FileExtension => ".pdf";

    /// <inheritdoc/>
    public void Check(IReadOnlyList<DatasetColumn> columns, WriterOptions options, FieldErrors errors)
    {
        if (columns.Count == 0)
            errors.Add("columns", "Must name at least one column.");

        _engine.Check(columns, options, errors);
    }

    /// <inheritdoc/>
    /// <remarks>Only engines that write pages forwards can.</remarks>
    public bool CanSlice(WriterOptions options) => _engine is ISlicedFormat sliced && sliced.CanSlice(options);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Prepare(FileLayout layout, RowBatch? first) => Sliced.Prepare(layout, first);

    /// <inheritdoc/>
    public ISliceWriter CreateSliceWriter(Stream output, FileLayout layout, FileSlice slice) =>
        Sliced.CreateSliceWriter(output, layout, slice);

    /// <inheritdoc/>
    public ValueTask WriteEndAsync(
        Stream output,
        FileLayout layout,
        ReadOnlyMemory<byte> plan,
        IReadOnlyList<WrittenSlice> slices,
        CancellationToken cancellationToken) =>
        Sliced.WriteEndAsync(output, layout, plan, slices, cancellationToken);

    private ISlicedFormat Sliced =>
        _engine as ISlicedFormat ?? throw new NotSupportedException($"The PDF engine {_engine.Name} writes no slices.");

    /// <inheritdoc/>
    public IRowWriter CreateWriter(Stream output, FileLayout layout) => _engine.CreateWriter(output, layout);
}
