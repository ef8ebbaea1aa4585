using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using MiniExcelLibs;

namespace ExportFunctions.Tests.Formats.Xlsx.Readers;

/// <summary>The readers that live beside the tests' own packages.</summary>
internal static partial class InProcessReaders
{
    public static IReadOnlyList<ReadBook> Read(string folder)
    {
        var books = new List<ReadBook>();
        foreach (var path in Directory.GetFiles(folder, "*.xlsx").Order(StringComparer.Ordinal))
        {
            books.Add(Try("MiniExcel", path, MiniExcelSheets));
            books.Add(Try("Open XML SDK", path, SdkSheets));
        }

        return books;
    }

    private static ReadBook Try(string reader, string path, Func<string, IReadOnlyList<ReadSheet>> read)
    {
        try
        {
            return new ReadBook(reader, Path.GetFileName(path), null, read(path));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new ReadBook(reader, Path.GetFileName(path), $"{fault.GetType().Name}: {fault.Message}", null);
        }
    }

    private static IReadOnlyList<ReadSheet> MiniExcelSheets(string path) =>
        [.. MiniExcel.GetSheetNames(path).Select(name => new ReadSheet(name, [.. MiniExcel.Query(
            path,
            sheetName: name).Cast<IDictionary<string, object?>>().Select(row => (IReadOnlyList<string?>)[.. row.Values.Select(Cell)])]))];

    private static string? Cell(object? value) => value switch
    {
        null => null,
        string text => "s:" + text,
        bool flag => flag ? "b:true" : "b:false",
        DateTime time => "d:" + time.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture),
        TimeSpan time => "d:1899-12-30T" + time.ToString("hh\\:mm\\:ss\\.fff", CultureInfo.InvariantCulture),
        double number => "n:" + number.ToString("R", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A value of an unknown type, {value.GetType().Name}.", nameof(value)),
    };

    // The SDK gives what the file says; dates are numbers whose style makes them dates.
    private static IReadOnlyList<ReadSheet> SdkSheets(string path)
    {
        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        var book = document.WorkbookPart!;
        return [.. book.Workbook!.Sheets!.Elements<Sheet>().Select(sheet => new ReadSheet(
            sheet.Name!, [.. ((WorksheetPart)book.GetPartById(sheet.Id!)).Worksheet!.Descendants<Row>().Select(SdkRow)]))];
    }

    private static IReadOnlyList<string?> SdkRow(Row row)
    {
        var cells = new List<string?>();
        foreach (var cell in row.Elements<Cell>())
        {
            // By its reference, if it has one: cells without a value are left out.
            var column = cell.CellReference?.Value is { } reference ? reference.TakeWhile(
                char.IsAsciiLetter).Aggregate(0, (number, letter) => (number * 26) + letter - 'A' + 1) - 1 : cells.Count;
            while (cells.Count < column)
                cells.Add(null);

            cells.Add(SdkCell(cell));
        }

        return cells;
    }

    private static string? SdkCell(Cell cell)
    {
        var type = cell.DataType?.Value;
        if (type == CellValues.InlineString)
            return "s:" + Escaped().Replace(
                cell.InlineString!.InnerText,
                match => ((char)int.Parse(match.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

        if (type == CellValues.String)
            return "s:" + cell.CellValue!.Text;

        return (type == CellValues.Boolean, cell.CellValue?.Text) switch
        {
            (_, null) => null,
            (true, var text) => text == "1" ? "b:true" : "b:false",
            (_, var text) => "n:" + text,
        };
    }

    [GeneratedRegex("_x(?<code>[0-9A-Fa-f]{4})_", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escaped();
}
