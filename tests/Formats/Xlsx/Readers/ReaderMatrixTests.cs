using ExportFunctions.Datasets;

namespace ExportFunctions.Tests.Formats.Xlsx.Readers;

/// <summary>Every value of the public databases, in the default file and in the compact one, by every reader.</summary>
[Integration]
public sealed class ReaderMatrixTests(ReaderMatrix matrix) : IClassFixture<ReaderMatrix>
{
    private static readonly string[] Databases = ["chinook", "northwind", "sakila"];

    private static readonly string[] ReadersOfBoth =
        ["SheetJS", "ClosedXML", "EPPlus", "ExcelDataReader", "MiniExcel", "Open XML SDK", "openpyxl", "openpyxl read-only", "LibreOffice"];

    // What they make of a file without references: an exception, or a sheet without rows and no word about it.
    private static readonly string[] ReadersOfDefaultOnly =
        ["exceljs", "exceljs stream", "read-excel-file", "NPOI", "gnumeric", "xlsx2csv"];

    public static TheoryData<string, string> CasesOfDefault => Cases([.. ReadersOfBoth, .. ReadersOfDefaultOnly]);

    public static TheoryData<string, string> CasesOfCompact => Cases(ReadersOfBoth);

    public static TheoryData<string, string> CasesWithoutCompact => Cases(ReadersOfDefaultOnly);

    [Theory]
    [MemberData(nameof(CasesOfDefault))]
    public void Default_IsReadValueByValue(string reader, string database) => AssertNone(FaultsOf(reader, database, references: true));

    [Theory]
    [MemberData(nameof(CasesOfCompact))]
    public void Compact_IsReadValueByValue_ByThoseThatCountCells(string reader, string database) =>
        AssertNone(FaultsOf(reader, database, references: false));

    [Theory]
    [MemberData(nameof(CasesWithoutCompact))]
    public void Compact_IsNotRead_ByThoseThatNeedReferences(string reader, string database) =>
        Assert.All(
            PublicDatabases.All.Where(table => table.Database == database),
            table => Assert.NotEmpty(FaultsOf(reader, table, references: false)));

    private static TheoryData<string, string> Cases(IEnumerable<string> readers) =>
        new(from reader in readers from database in Databases select (reader, database));

    private static void AssertNone(List<string> faults) => Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));

    private List<string> FaultsOf(string reader, string database, bool references) =>
        [.. PublicDatabases.All.Where(table => table.Database == database).SelectMany(table => FaultsOf(reader, table, references))];

    private List<string> FaultsOf(string reader, PublicTable table, bool references)
    {
        var faults = new List<string>();
        var book = matrix.Of(reader, table, references);
        if (book.Fault is not null)
            faults.Add($"{table.Name}: {book.Fault}");
        else
            Compare(reader, table, book.Sheets!, faults);

        return faults;
    }

    private static void Compare(string reader, PublicTable table, IReadOnlyList<ReadSheet> sheets, List<string> faults)
    {
        var rowsOfASheet = ReaderMatrix.SheetRowsOf(table) - 1;
        var chunks = table.Rows.Chunk(rowsOfASheet).ToList();
        if (sheets.Count != chunks.Count)
        {
            faults.Add($"{table.Name}: {sheets.Count} sheets, not {chunks.Count}");
            return;
        }

        for (var i = 0; i < chunks.Count; i++)
            CompareSheet(reader, table, chunks[i], sheets[i], faults);
    }

    private static void CompareSheet(string reader, PublicTable table, object?[][] rows, ReadSheet sheet, List<string> faults)
    {
        if (sheet.Rows.Count != rows.Length + 1)
        {
            faults.Add($"{table.Name}: {sheet.Rows.Count} rows, not {rows.Length + 1}");
            return;
        }

        for (var row = 0; row < rows.Length; row++)
        {
            for (var i = 0; i < table.Columns.Count; i++)
            {
                var cell = i < sheet.Rows[row + 1].Count ? sheet.Rows[row + 1][i] : null;
                if (!IsSame(reader, rows[row][i], table.Columns[i], cell))
                    faults.Add($"{table.Name}[{row}].{table.Columns[i].Name}: {rows[row][i]} became {cell}");
            }
        }
    }

    private static bool IsSame(string reader, object? value, DatasetColumn column, string? cell)
    {
        // No reader tells an empty text from none in a way that others do.
        if (value is null or "")
            return cell is null or "s:" or "x:";

        if (cell is null)
            return false;

        if (CellExpectation.TextOf(value, column) is { } text)
            return cell[0] is 's' or 'x' && ReaderQuirks.IsSame(reader, text, cell[2..]);

        return cell[0] != 's' && CellExpectation.Holds(ReaderQuirks.Value(reader, value), ReaderQuirks.Number(reader, cell));
    }
}
