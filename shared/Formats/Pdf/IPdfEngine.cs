using ExportFunctions.Datasets;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf;

/// <summary>
/// The engine that draws the pages. Chosen by <see cref="PdfOptions.Engine"/>; stateless, one instance serves every export.
/// </summary>
public interface IPdfEngine
{
    /// <summary>The name the setting uses, such as <c>direct</c>.</summary>
    string Name { get; }

    /// <summary>Checks the engine's limits as far as possible before any row is read.</summary>
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
