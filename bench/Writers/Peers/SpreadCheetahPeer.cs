using ExportFunctions.Bench.Rows;
using SpreadCheetah;

namespace ExportFunctions.Bench.Writers.Peers;

/// <summary>
/// SpreadCheetah as its guide shows it: one array of nine <see cref="DataCell"/>s, filled and added for each row; its fastest compression
/// or its optimal one, texts as inline strings.
/// </summary>
/// <param name="rows">The rows, gone through again and again.</param>
internal sealed class SpreadCheetahPeer(PersonRow[] rows)
{
    public Task WriteAsync(Stream output, long count, CancellationToken cancellationToken) =>
        WriteAsync(output, count, references: false, SpreadCheetahCompressionLevel.Fastest, cancellationToken);

    public Task WriteReferencesAsync(Stream output, long count, CancellationToken cancellationToken) =>
        WriteAsync(output, count, references: true, SpreadCheetahCompressionLevel.Fastest, cancellationToken);

    public Task WriteOptimalAsync(Stream output, long count, bool references, CancellationToken cancellationToken) =>
        WriteAsync(output, count, references, SpreadCheetahCompressionLevel.Optimal, cancellationToken);

    private async Task WriteAsync(
        Stream output, long count, bool references, SpreadCheetahCompressionLevel level, CancellationToken cancellationToken)
    {
        var options = new SpreadCheetahOptions { CompressionLevel = level, WriteCellReferenceAttributes = references };
        await using var spreadsheet = await Spreadsheet.CreateNewAsync(output, options, cancellationToken);
        await spreadsheet.StartWorksheetAsync("Students", token: cancellationToken);
        await spreadsheet.AddRowAsync([.. PersonRow.Titles.Select(title => new DataCell(title))], cancellationToken);
        var cells = new DataCell[PersonRow.Titles.Count];
        foreach (var row in PersonRows.Cycle(rows, count))
        {
            cells[0] = new DataCell(row.Id);
            cells[1] = new DataCell(row.StudentNumber);
            cells[2] = new DataCell(row.FirstName);
            cells[3] = new DataCell(row.LastName);
            cells[4] = new DataCell(row.Email);
            cells[5] = new DataCell(row.BirthDay);
            cells[6] = new DataCell(row.Year);
            cells[7] = new DataCell(row.Balance);
            cells[8] = new DataCell(row.IsActive);
            await spreadsheet.AddRowAsync(cells, cancellationToken);
        }

        await spreadsheet.FinishAsync(cancellationToken);
    }
}
