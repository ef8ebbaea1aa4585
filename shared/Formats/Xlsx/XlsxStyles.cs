using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>The styles part (ECMA-376 part 1, 18.8), and which of its cell formats a column's cells take.</summary>
internal sealed class XlsxStyles
{
    /// <summary>The cell format without anything special.</summary>
    public const uint General = 0;

    /// <summary>The cell format of the header.</summary>
    public const uint Header = 1;

    /// <summary>The cell format of identifiers: text, whatever is typed in.</summary>
    public const uint Identifier = 2;

    /// <summary>The cell format of text that looks like a formula: editing it does not make it one.</summary>
    public const uint FormulaText = 3;

    /// <summary>The cell format of numbers and dates that only fit as text.</summary>
    public const uint NumberText = 4;

    /// <summary>The cell format of the header over numbers and dates: aligned with them, beside the filter's button.</summary>
    public const uint NumberHeader = 5;

    /// <summary>The cell format of the header of a table, whose style brings the colours.</summary>
    public const uint TableHeader = 6;

    /// <summary>The cell format of a table's header over numbers and dates.</summary>
    public const uint TableNumberHeader = 7;

    /// <summary>The cell format of texts of several lines.</summary>
    public const uint WrappedText = 8;

    /// <summary>The cell format of such texts that look like a formula.</summary>
    public const uint WrappedFormulaText = 9;

    /// <summary>The cell format of identifiers of several lines.</summary>
    public const uint WrappedIdentifier = 10;

    /// <summary>The cell format of texts with a hyperlink.</summary>
    public const uint Link = 11;

    private const int FirstColumnStyle = 12;
    private const int FirstOwnFormat = 164;

    // Readers rely on the first two fills; openpyxl rejects a file without them. LibreOffice gives cells without a style the normal one,
    // not the first format.
    private const string Looks = """
        <fonts count="3"><font><sz val="11"/><color rgb="FF000000"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><color rgb="FF000000"/><name val="Calibri"/><family val="2"/></font><font><u/><sz val="11"/><color rgb="FF0563C1"/><name val="Calibri"/><family val="2"/></font></fonts>
        <fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7EDF3"/><bgColor indexed="64"/></patternFill></fill></fills>
        <borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color rgb="FF8095A8"/></bottom><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyAlignment="1"><alignment vertical="top"/></xf></cellStyleXfs>
        """;

    // In the order of the constants. Beside a text of several lines, the other cells of its row stand at the first one.
    private const string FixedFormats = """
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf>
        <xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment wrapText="1"/></xf>
        <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1"><alignment vertical="top"/></xf>
        <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="right" vertical="top"/></xf>
        <xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="right" wrapText="1" indent="2"/></xf>
        <xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment wrapText="1"/></xf>
        <xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment horizontal="right" wrapText="1" indent="2"/></xf>
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        <xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top"/></xf>
        """;

    private readonly List<string> _formats = [];
    private readonly uint[] _columnStyles;
    private readonly uint[] _wholeStyles;

    /// <summary>Collects the number formats of the columns.</summary>
    /// <param name="columns">The columns, in output order.</param>
    /// <param name="plan">What was decided about them.</param>
    public XlsxStyles(IReadOnlyList<DatasetColumn> columns, SheetPlan plan)
    {
        _columnStyles = [.. columns.Select((column, i) => StyleOf(column, plan.Columns[i].Format))];
        _wholeStyles =
            [.. columns.Select((column, i) => plan.Columns[i].WholeFormat is { } whole ? StyleOf(column, whole) : _columnStyles[i])];
    }

    /// <summary>The cell format of a column's typed cells.</summary>
    /// <param name="column">The column's position.</param>
    public uint OfColumn(int column) => _columnStyles[column];

    /// <summary>The cell format of a column's decimals without a fraction.</summary>
    /// <param name="column">The column's position.</param>
    public uint OfWholeNumbers(int column) => _wholeStyles[column];

    /// <summary>The cell format of a column's header.</summary>
    /// <param name="column">The column.</param>
    /// <param name="inTable">Whether the header is a table's.</param>
    public static uint OfHeader(DatasetColumn column, bool inTable)
    {
        var isText = column.IsText || column.Type == ColumnType.Boolean;
        return inTable ? (isText ? TableHeader : TableNumberHeader) : isText ? Header : NumberHeader;
    }

    /// <summary>The part.</summary>
    public string ToXml()
    {
        var xml = new StringBuilder("<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">");

        // The schema wants at least one entry in the list.
        if (_formats.Count > 0)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<numFmts count=\"{_formats.Count}\">");
            for (var i = 0; i < _formats.Count; i++)
                xml.Append(
                    CultureInfo.InvariantCulture,
                    $"<numFmt numFmtId=\"{FirstOwnFormat + i}\" formatCode=\"{XlsxParts.Escape(_formats[i])}\"/>");

            xml.Append("</numFmts>");
        }

        xml.Append(Looks).Append(
            CultureInfo.InvariantCulture, $"<cellXfs count=\"{FirstColumnStyle + _formats.Count}\">").Append(FixedFormats);
        for (var i = 0; i < _formats.Count; i++)
            xml.Append(
                CultureInfo.InvariantCulture,
                $"<xf numFmtId=\"{FirstOwnFormat + i}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\""
                    + $" applyAlignment=\"1\"><alignment {AlignmentOf(_formats[i])}vertical=\"top\"/></xf>");

        return xml.Append(
            "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\""
                + " builtinId=\"0\"/></cellStyles></styleSheet>").ToString();
    }

    // Programs disagree on where booleans stand; under their header is best.
    private static string AlignmentOf(string format) => format == ColumnFormats.Boolean ? "horizontal=\"left\" " : "";

    private uint StyleOf(DatasetColumn column, string? format)
    {
        if (format is null)
            return column.Type == ColumnType.Identifier ? Identifier : General;

        var index = _formats.IndexOf(format);
        if (index < 0)
        {
            index = _formats.Count;
            _formats.Add(format);
        }

        return (uint)(FirstColumnStyle + index);
    }
}
