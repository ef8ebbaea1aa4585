using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Spreadsheet;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>The table part of a sheet (ECMA-376 part 1, 18.5.1.2), one for each sheet.</summary>
internal static partial class SheetTable
{
    /// <summary>The part's name.</summary>
    /// <param name="number">The sheet's number, from 1.</param>
    public static string Path(int number) => string.Create(CultureInfo.InvariantCulture, $"xl/tables/table{number}.xml");

    /// <summary>The name of the sheet's relationships.</summary>
    /// <param name="id">What the sheet's part is called by.</param>
    public static string RelsPath(int id) => string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/_rels/sheet{id}.xml.rels");

    /// <summary>The sheet's relationships: its table.</summary>
    /// <param name="number">The sheet's number, from 1.</param>
    public static string Rels(int number) =>
        XlsxParts.Rels(("http://schemas.openxmlformats.org/officeDocument/2006/relationships/table", string.Create(CultureInfo.InvariantCulture, $"../tables/table{number}.xml")));

    /// <summary>The table: all rows, a filter, banded rows.</summary>
    /// <param name="number">The sheet's number, from 1.</param>
    /// <param name="titles">The header's titles, each of its own.</param>
    /// <param name="rows">The rows of the sheet, header included.</param>
    public static Table Part(int number, IReadOnlyList<string> titles, long rows)
    {
        // A table without rows has an empty one.
        var range = string.Create(CultureInfo.InvariantCulture, $"A1:{SheetColumn.LettersOf(titles.Count - 1)}{Math.Max(2, rows)}");
        var name = string.Create(CultureInfo.InvariantCulture, $"Table{number}");
        var columns = titles.Select((title, i) => new TableColumn { Id = (uint)i + 1, Name = EscapeLookAlikes(title) });
        return new Table(
            new AutoFilter { Reference = range },
            new TableColumns(columns) { Count = (uint)titles.Count },
            new TableStyleInfo { Name = "TableStyleMedium2", ShowFirstColumn = false, ShowLastColumn = false, ShowRowStripes = true, ShowColumnStripes = false })
        { Id = (uint)number, Name = name, DisplayName = name, Reference = range };
    }

    // The name is an ST_Xstring, like the cell's text: what looks like _x0041_ would be taken for A.
    private static string EscapeLookAlikes(string title) => LookAlike().Replace(title, "_x005F_");

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LookAlike();
}
