using System.Globalization;
using System.Text;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>
/// The XML around a sheet's rows: view, column widths, filter and print settings, in the order of CT_Worksheet (ECMA-376 part 1,
/// 18.3.1.99).
/// </summary>
internal static class SheetFrame
{
    // Tags, reference and number.
    private const long CellBytes = 60;

    /// <summary>The XML up to the first row.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="columns">What was decided about the columns.</param>
    /// <param name="rows">The rows the sheet is expected to hold, header included; null when nobody knows.</param>
    /// <param name="isFirst">Whether the sheet is the one shown when the file opens.</param>
    public static byte[] Begin(FileLayout layout, IReadOnlyList<ColumnPlan> columns, long? rows, bool isFirst)
    {
        var xml =
            new StringBuilder(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet"
                    + " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
                        + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">")
            .Append("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");

        // MiniExcel takes a dimension as a promise that cells carry references, and reads every cell into column A without them.
        if (layout.Options.CellReferences && rows is { } known)
            xml.Append(CultureInfo.InvariantCulture, $"<dimension ref=\"{Range(layout, known)}\"/>");

        xml.Append("<sheetViews><sheetView")
            .Append(layout.Options.RightToLeft ? " rightToLeft=\"1\"" : "")
            .Append(isFirst ? " tabSelected=\"1\"" : "")
            .Append(" workbookViewId=\"0\">")
            .Append(
                "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\""
                    + " activeCell=\"A2\" sqref=\"A2\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>");
        for (var i = 0; i < columns.Count; i++)
            xml.Append(
                CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{columns[i].Width}\" customWidth=\"1\"/>");

        return Encoding.UTF8.GetBytes(xml.Append("</cols><sheetData>").ToString());
    }

    /// <summary>The XML after the last row.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="rows">The rows the sheet holds, header included.</param>
    /// <param name="links">Its hyperlinks.</param>
    public static byte[] End(FileLayout layout, long rows, SheetLinks links)
    {
        var xml = new StringBuilder("</sheetData>");

        // A table brings its own filter.
        if (!layout.Options.Table)
            xml.Append(CultureInfo.InvariantCulture, $"<autoFilter ref=\"{Range(layout, rows)}\"/>");

        xml.Append(
            links.Cells).Append(
                "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup"
                    + " orientation=\"landscape\" fitToHeight=\"0\"/>")
            .Append("<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>");

        // Codes and long numbers are text on purpose: no green triangle in every cell.
        xml.Append(
            CultureInfo.InvariantCulture,
            $"<ignoredErrors><ignoredError sqref=\"{Range(layout, rows)}\" numberStoredAsText=\"1\"/></ignoredErrors>");
        if (layout.Options.Table)
            xml.Append("<tableParts count=\"1\"><tablePart r:id=\"").Append(SheetLinks.TableId).Append("\"/></tableParts>");

        return Encoding.UTF8.GetBytes(xml.Append("</worksheet>").ToString());
    }

    /// <summary>The approximate bytes of XML per row, from the first rows.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="first">The first batch; null when there are no rows.</param>
    public static long EstimateRow(FileLayout layout, RowBatch? first)
    {
        long text = 0;
        for (var row = 0; row < first?.Count; row++)
        {
            for (var i = 0; i < first.ColumnCount; i++)
                text += (layout.Columns[i].IsText || first.IsUnfit(row, i)) && !first.IsNull(row, i) ? first.GetText(row, i).Length : 0;
        }

        return (CellBytes * layout.Columns.Count) + (text / Math.Max(1, first?.Count ?? 0));
    }

    /// <summary>The area that header and rows cover, such as <c>A1:G10001</c>.</summary>
    /// <param name="layout">What the file looks like.</param>
    /// <param name="rows">The rows of the sheet, header included.</param>
    public static string Range(FileLayout layout, long rows) =>
        string.Create(CultureInfo.InvariantCulture, $"A1:{SheetColumn.LettersOf(layout.Columns.Count - 1)}{rows}");
}
