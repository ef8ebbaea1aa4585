using ExportFunctions.Bench.Rows;
using MiniExcelLibs;

namespace ExportFunctions.Bench.Writers.Peers;

/// <summary>
/// MiniExcel over a data reader, its default configuration: per row nine <c>GetValue</c>s, cells as text with references, a style for
/// dates.
/// </summary>
/// <param name="rows">The rows, gone through again and again.</param>
internal sealed class MiniExcelPeer(PersonRow[] rows)
{
    public async Task WriteAsync(Stream output, long count)
    {
        await using var reader = new PersonRowReader(PersonRows.Cycle(rows, count));
        MiniExcel.SaveAs(output, reader, sheetName: "Students");
    }

    /// <summary>The same over the row objects, whose properties it reads.</summary>
    public Task WriteObjectsAsync(Stream output, long count)
    {
        MiniExcel.SaveAs(output, PersonRows.Cycle(rows, count), sheetName: "Students");
        return Task.CompletedTask;
    }
}
