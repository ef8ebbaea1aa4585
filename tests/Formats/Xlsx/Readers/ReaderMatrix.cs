using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Xlsx;
using ExportFunctions.Tests.Datasets.Sources;

namespace ExportFunctions.Tests.Formats.Xlsx.Readers;

/// <summary>
/// The public databases as workbooks, read from SQLite and written with and without references, and what every reader made of them.
/// Written and read once for all tests.
/// </summary>
public sealed class ReaderMatrix : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("readers").FullName;
    private ILookup<(string Reader, string File), ReadBook>? _books;

    public async ValueTask InitializeAsync()
    {
        foreach (var database in PublicDatabases.All.GroupBy(table => table.Database))
            await WriteAsync([.. database]);

        var inProcess = Task.Run(() => InProcessReaders.Read(_folder));
        var runs = new List<ReadBook>();
        runs.AddRange(await ReaderRuns.NodeAsync(_folder));
        runs.AddRange(await ReaderRuns.DotnetAsync(_folder));
        runs.AddRange(await ReaderRuns.PythonAsync(_folder));
        runs.AddRange(await ReaderRuns.LibreOfficeAsync(_folder));
        runs.AddRange(await ReaderRuns.GnumericAsync(_folder));
        runs.AddRange(await ReaderRuns.Xlsx2CsvAsync(_folder));
        runs.AddRange(await inProcess);
        _books = runs.ToLookup(run => (run.Reader, run.File));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>What a reader made of a table's workbook.</summary>
    internal ReadBook Of(string reader, PublicTable table, bool references) =>
        Assert.Single(_books![(reader, FileName(table, references))]);

    private static string FileName(PublicTable table, bool references) =>
        $"{table.Database}.{table.Name}.{(references ? "default" : "compact")}.xlsx";

    private async Task WriteAsync(IReadOnlyList<PublicTable> tables)
    {
        using var database = new SqliteFile();
        foreach (var table in tables)
            PublicSeed.Fill(database, table);

        var source = database.Source([.. tables.Select(table => table.ToDataset())]);
        foreach (var table in tables)
        {
            foreach (var references in (bool[])[true, false])
            {
                // Some tables go on in a second sheet, some are Excel tables, some run from right to left.
                var options = new WriterOptions
                {
                    CellReferences = references,
                    Table = table.Name.Length % 2 == 0,
                    RightToLeft = table.Name.Length % 3 == 0,
                    Hyperlinks = true,
                };
                var layout = SampleRows.Layout(table.Columns, options, rowsExpected: table.Rows.Count, title: table.Name);
                await using var output = File.Create(Path.Combine(_folder, FileName(table, references)));
                await using var writer = new ExcelFormat(SheetRowsOf(table)).CreateWriter(output, layout);
                await using var reader = await source.OpenAsync(
                    new RowQuery { Dataset = table.ToDataset(), Columns = table.Columns }, CancellationToken.None);
                var batch = new RowBatch([.. table.Columns.Select(column => column.Type)]);
                while (await reader.ReadAsync(batch, CancellationToken.None))
                    await writer.WriteAsync(batch, CancellationToken.None);

                await writer.CompleteAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>The most rows of a table's sheets, header included.</summary>
    internal static int SheetRowsOf(PublicTable table) => table.Name.Length % 2 == 0 ? XlsxLimits.SheetRows : 41;
}
