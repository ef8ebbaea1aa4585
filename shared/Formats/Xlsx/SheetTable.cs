using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>The table part of a sheet (ECMA-376 part 1, 18.5.1.2), one for each sheet.</summary>
internal static partial class SheetTable
{
    /// <summary>The part's name.</summary>
    /// <param name="id">What the sheet's part is called by.</param>
    public static string Path(int id) => string.Create(CultureInfo.InvariantCulture, $"xl/tables/table{id}.xml");

    /// <summary>The table: all rows, a filter, banded rows.</summary>
    /// <param name="number">The sheet's number, from 1.</param>
    /// <param name="titles">The header's titles, each of its own.</param>
    /// <param name="rows">The rows of the sheet, header included.</param>
    public static string Part(int number, IReadOnlyList<string> titles, long rows)
    {
        // A table without rows has an empty one.
        var range = string.Create(CultureInfo.InvariantCulture, $"A1:{SheetColumn.LettersOf(titles.Count - 1)}{Math.Max(2, rows)}");
        var xml = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"<table xmlns=\"{XlsxParts.Main}\" id=\"{number}\" name=\"Table{number}\" displayName=\"Table{number}\""
                + $" ref=\"{range}\"><autoFilter ref=\"{range}\"/><tableColumns count=\"{titles.Count}\">");
        for (var i = 0; i < titles.Count; i++)
            xml.Append(
                CultureInfo.InvariantCulture, $"<tableColumn id=\"{i + 1}\" name=\"{XlsxParts.Escape(EscapeLookAlikes(titles[i]))}\"/>");

        return xml.Append(
            "</tableColumns><tableStyleInfo name=\"TableStyleMedium2\" showFirstColumn=\"0\" showLastColumn=\"0\" showRowStripes=\"1\""
                + " showColumnStripes=\"0\"/></table>").ToString();
    }

    // The name is an ST_Xstring, like the cell's text: what looks like _x0041_ would be taken for A.
    private static string EscapeLookAlikes(string title) => LookAlike().Replace(title, "_x005F_");

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LookAlike();
}
