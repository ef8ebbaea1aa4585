using ClosedXML.Excel;
using ExcelDataReader;
using NPOI.SS.UserModel;
using NPOI.XSSF.UserModel;
using OfficeOpenXml;

namespace ExportFunctions.Tests.XlsxReaders;

/// <summary>The libraries, each used as its guide shows it.</summary>
internal static class Readers
{
    public static IReadOnlyDictionary<string, Func<string, IReadOnlyList<SheetRows>>> All { get; } =
        new Dictionary<string, Func<string, IReadOnlyList<SheetRows>>>(StringComparer.Ordinal)
        {
            ["ClosedXML"] = ClosedXml,
            ["EPPlus"] = EpPlus,
            ["ExcelDataReader"] = DataReader,
            ["NPOI"] = Npoi,
        };

    private static IReadOnlyList<SheetRows> ClosedXml(string path)
    {
        using var book = new XLWorkbook(path);
        return [.. book.Worksheets.Select(sheet => new SheetRows(sheet.Name, ClosedXmlRows(sheet)))];
    }

    private static List<IReadOnlyList<string?>> ClosedXmlRows(IXLWorksheet sheet) =>
        Rows(sheet.LastRowUsed()?.RowNumber() ?? 0, sheet.LastColumnUsed()?.ColumnNumber() ?? 0, (row, column) =>
        {
            var cell = sheet.Cell(row, column);
            return cell.DataType == XLDataType.Text
                ? (cell.HasFormula || cell.GetString().Length > 0 || !cell.IsEmpty() ? CellValue.Of(cell.GetString()) : null)
                : CellValue.Of(cell.Value);
        });

    private static IReadOnlyList<SheetRows> EpPlus(string path)
    {
        using var package = new ExcelPackage(new FileInfo(path));
        return [.. package.Workbook.Worksheets.Select(sheet => new SheetRows(sheet.Name, Rows(
            sheet.Dimension?.End.Row ?? 0,
            sheet.Dimension?.End.Column ?? 0,
            (row, column) => CellValue.Of(sheet.Cells[row, column].Value))))];
    }

    private static List<SheetRows> DataReader(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateReader(file);
        var sheets = new List<SheetRows>();
        do
        {
            var rows = new List<IReadOnlyList<string?>>();
            while (reader.Read())
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => CellValue.Of(reader.GetValue(column)))]);

            sheets.Add(new SheetRows(reader.Name, rows));
        }
        while (reader.NextResult());

        return sheets;
    }

    private static List<SheetRows> Npoi(string path)
    {
        using var file = File.OpenRead(path);
        var book = new XSSFWorkbook(file);
        var sheets = new List<SheetRows>();
        for (var i = 0; i < book.NumberOfSheets; i++)
        {
            var sheet = book.GetSheetAt(i);
            var rows = new List<IReadOnlyList<string?>>();
            for (var row = 0; row <= sheet.LastRowNum; row++)
                rows.Add(sheet.GetRow(row) is { } found ? [.. Enumerable.Range(
                    0, Math.Max(0, (int)found.LastCellNum)).Select(column => NpoiCell(found.GetCell(column)))] : []);

            sheets.Add(new SheetRows(sheet.SheetName, rows));
        }

        return sheets;
    }

    private static string? NpoiCell(ICell? cell) => cell?.CellType switch
    {
        null or CellType.Blank => null,
        CellType.String => CellValue.Of(cell.StringCellValue),
        CellType.Boolean => CellValue.Of(cell.BooleanCellValue),
        CellType.Numeric => DateUtil.IsCellDateFormatted(cell) ? CellValue.Of(cell.DateCellValue) : CellValue.Of(cell.NumericCellValue),
        _ => throw new InvalidOperationException($"A cell of an unexpected kind, {cell.CellType}."),
    };

    private static List<IReadOnlyList<string?>> Rows(int rows, int columns, Func<int, int, string?> cell) =>
        [.. Enumerable.Range(1, rows).Select(
            row => (IReadOnlyList<string?>)[.. Enumerable.Range(1, columns).Select(column => cell(row, column))])];
}
