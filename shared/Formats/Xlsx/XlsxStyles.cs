using DocumentFormat.OpenXml.Spreadsheet;
using ExportFunctions.Datasets;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>The styles part, and which of its cell formats a column's cells take.</summary>
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

    // Excel shows TRUE and FALSE whatever the format; LibreOffice would show 1 and 0.
    private const string BooleanFormat = "\"TRUE\";\"TRUE\";\"FALSE\"";

    private const uint FirstColumnStyle = 8;
    private const uint TextFormat = 49;
    private const uint FirstOwnFormat = 164;

    private readonly List<string> _formats = [];
    private readonly uint[] _columnStyles;

    /// <summary>Gathers the number formats of the columns.</summary>
    /// <param name="columns">The columns, in output order.</param>
    public XlsxStyles(IReadOnlyList<DatasetColumn> columns) => _columnStyles = [.. columns.Select(StyleOf)];

    /// <summary>The cell format of a column's typed cells.</summary>
    /// <param name="column">The column's position.</param>
    public uint OfColumn(int column) => _columnStyles[column];

    /// <summary>The cell format of a column's header.</summary>
    /// <param name="column">The column.</param>
    /// <param name="inTable">Whether the header is a table's.</param>
    public static uint OfHeader(DatasetColumn column, bool inTable)
    {
        var isText = column.IsText || column.Type == ColumnType.Boolean;
        return inTable ? (isText ? TableHeader : TableNumberHeader) : isText ? Header : NumberHeader;
    }

    /// <summary>The part's root element.</summary>
    public Stylesheet ToStylesheet()
    {
        var styles = new Stylesheet(
            new Fonts(Font(bold: false), Font(bold: true)) { Count = 2 },
            Fills(),
            Borders(),
            new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
            CellFormats(),
            new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }) { Count = 1 });

        // The schema wants at least one entry in the list.
        if (_formats.Count > 0)
            styles.NumberingFormats = new NumberingFormats(_formats.Select((code, i) => new NumberingFormat { NumberFormatId = FirstOwnFormat + (uint)i, FormatCode = code })) { Count = (uint)_formats.Count };

        return styles;
    }

    private static string? FormatOf(DatasetColumn column) => column.Type switch
    {
        ColumnType.Integer => column.NumberFormat ?? "0",
        ColumnType.Decimal => column.NumberFormat ?? FormatOf(column.Scale),
        ColumnType.Date => column.NumberFormat ?? "yyyy\\-mm\\-dd",
        ColumnType.Time => column.NumberFormat ?? "hh:mm:ss",
        ColumnType.Timestamp or ColumnType.LocalTimestamp => column.NumberFormat ?? "yyyy\\-mm\\-dd\\ hh:mm:ss",

        ColumnType.Boolean => BooleanFormat,
        _ => null,
    };

    private static string FormatOf(int? scale) => scale switch
    {
        null => "General",
        0 => "0",
        { } digits => "0." + new string('0', digits),
    };

    private uint StyleOf(DatasetColumn column)
    {
        if (FormatOf(column) is not { } format)
            return column.Type == ColumnType.Identifier ? Identifier : General;

        var index = _formats.IndexOf(format);
        if (index < 0)
        {
            index = _formats.Count;
            _formats.Add(format);
        }

        return FirstColumnStyle + (uint)index;
    }

    private CellFormats CellFormats()
    {
        var formats = new CellFormats(
            new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0 },
            HeaderFormat(new Alignment { Horizontal = HorizontalAlignmentValues.General }),
            new CellFormat { NumberFormatId = TextFormat, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0, QuotePrefix = true },
            new CellFormat(new Alignment { Horizontal = HorizontalAlignmentValues.Right }) { NumberFormatId = TextFormat, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0, ApplyNumberFormat = true, ApplyAlignment = true },
            HeaderFormat(new Alignment { Horizontal = HorizontalAlignmentValues.Right, Indent = 2 }),
            TableHeaderFormat(new Alignment { Horizontal = HorizontalAlignmentValues.General }),
            TableHeaderFormat(new Alignment { Horizontal = HorizontalAlignmentValues.Right, Indent = 2 }));
        for (var i = 0; i < _formats.Count; i++)
            formats.Append(ColumnFormat(i));

        formats.Count = FirstColumnStyle + (uint)_formats.Count;
        return formats;
    }

    // Programs disagree on where booleans stand; under their header is best.
    private CellFormat ColumnFormat(int index)
    {
        var format = new CellFormat { NumberFormatId = FirstOwnFormat + (uint)index, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0, ApplyNumberFormat = true };
        if (_formats[index] != BooleanFormat)
            return format;

        format.Alignment = new Alignment { Horizontal = HorizontalAlignmentValues.Left };
        format.ApplyAlignment = true;
        return format;
    }

    private static CellFormat HeaderFormat(Alignment alignment) => new(alignment)
    {
        NumberFormatId = TextFormat,
        FontId = 1,
        FillId = 2,
        BorderId = 1,
        FormatId = 0,
        ApplyNumberFormat = true,
        ApplyFont = true,
        ApplyFill = true,
        ApplyBorder = true,
        ApplyAlignment = true,
    };

    private static CellFormat TableHeaderFormat(Alignment alignment) => new(alignment)
    {
        NumberFormatId = 0,
        FontId = 1,
        FillId = 0,
        BorderId = 0,
        FormatId = 0,
        ApplyFont = true,
        ApplyAlignment = true,
    };

    private static Font Font(bool bold)
    {
        var font = new Font();
        if (bold)
            font.Append(new Bold());

        font.Append(new FontSize { Val = 11 }, new Color { Rgb = "FF000000" }, new FontName { Val = "Calibri" }, new FontFamilyNumbering { Val = 2 });
        return font;
    }

    // Readers take the first two fills for granted; openpyxl rejects a file without them.
    private static Fills Fills() => new(
        new Fill(new PatternFill { PatternType = PatternValues.None }),
        new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
        new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE7EDF3" }, new BackgroundColor { Indexed = 64 }) { PatternType = PatternValues.Solid }))
    { Count = 3 };

    private static Borders Borders() => new(
        new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
        new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(new Color { Rgb = "FF8095A8" }) { Style = BorderStyleValues.Thin }, new DiagonalBorder()))
    { Count = 2 };
}
