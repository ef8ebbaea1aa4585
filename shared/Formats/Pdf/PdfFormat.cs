using ExportFunctions.Datasets;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Formats.Pdf;

/// <summary>
/// Portable documents for people: a table on numbered pages, with its header on each. The engine chosen by
/// <see cref="PdfOptions.Engine"/> draws them.
/// </summary>
/// <param name="engines">The engines of this build.</param>
/// <param name="options">Which engine to take.</param>
public sealed class PdfFormat(IEnumerable<IPdfEngine> engines, IOptions<PdfOptions> options) : IFileFormat
{
    private readonly IPdfEngine _engine = engines.First(engine => string.Equals(engine.Name, options.Value.Engine, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public string Name => "pdf";

    /// <inheritdoc/>
    public string ContentType => "application/pdf";

    /// <inheritdoc/>
    public string FileExtension => ".pdf";

    /// <inheritdoc/>
    public void Check(IReadOnlyList<DatasetColumn> columns, FormatOptions options, FieldErrors errors)
    {
        if (columns.Count == 0)
            errors.Add("columns", "Must name at least one column.");

        _engine.Check(columns, options, errors);
    }

    /// <inheritdoc/>
    public IRowWriter CreateWriter(Stream output, FileLayout layout) => _engine.CreateWriter(output, layout);
}
