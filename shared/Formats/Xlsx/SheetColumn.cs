using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>One column of a sheet: its letters and the beginnings of its cells, made once.</summary>
internal sealed class SheetColumn
{
    /// <summary>Prepares a column.</summary>
    /// <param name="column">The declaration.</param>
    /// <param name="index">The position, from 0.</param>
    /// <param name="valueStyle">The style of typed cells.</param>
    /// <param name="headerStyle">The style of the header.</param>
    public SheetColumn(DatasetColumn column, int index, uint valueStyle, uint headerStyle)
    {
        Type = column.Type;
        Scale = column.Scale;
        Letters = Encoding.ASCII.GetBytes(LettersOf(index));

        var textStyle = column.Type == ColumnType.Identifier ? XlsxStyles.Identifier : XlsxStyles.General;
        var formulaStyle = column.Type == ColumnType.Identifier ? XlsxStyles.Identifier : XlsxStyles.FormulaText;
        Header = InlineTag(headerStyle);
        Value = Tag(valueStyle, column.Type == ColumnType.Boolean ? " t=\"b\"" : "", "<v>");
        Text = TextTag(textStyle);
        InlineText = InlineTag(textStyle);
        FormulaText = TextTag(formulaStyle);
        InlineFormulaText = InlineTag(formulaStyle);
        NumberText = TextTag(XlsxStyles.NumberText);
    }

    /// <summary>The declared type.</summary>
    public ColumnType Type { get; }

    /// <summary>Digits after a decimal's point; null for each value's own.</summary>
    public int? Scale { get; }

    /// <summary>The letters of the column's references.</summary>
    public byte[] Letters { get; }

    /// <summary>Opens the header's cell, as an inline string.</summary>
    public CellTag Header { get; }

    /// <summary>Opens a number, date or boolean.</summary>
    public CellTag Value { get; }

    /// <summary>Opens a text.</summary>
    public CellTag Text { get; }

    /// <summary>Opens a text that is empty, has white space at an end or needs escaping, as an inline string.</summary>
    public CellTag InlineText { get; }

    /// <summary>Opens a text that would be a formula if it were typed in.</summary>
    public CellTag FormulaText { get; }

    /// <summary>Opens such a text that would be a formula if it were typed in.</summary>
    public CellTag InlineFormulaText { get; }

    /// <summary>Opens a number, date or timestamp that only fits as text.</summary>
    public CellTag NumberText { get; }

    /// <summary>The letters of a column: A to Z, AA to XFD.</summary>
    /// <param name="index">The position, from 0.</param>
    public static string LettersOf(int index)
    {
        var letters = "";
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / 26)
            letters = (char)('A' + ((rest - 1) % 26)) + letters;

        return letters;
    }

    // A string as the value (18.18.11, str) takes 15 bytes less around it than an inline string, but can't preserve its space.
    private static CellTag TextTag(uint style) => Tag(style, " t=\"str\"", "<v>");

    private static CellTag InlineTag(uint style) => Tag(style, " t=\"inlineStr\"", "<is><t xml:space=\"preserve\">");

    private static CellTag Tag(uint style, string type, string inner)
    {
        var styled = style == XlsxStyles.General ? "" : string.Create(CultureInfo.InvariantCulture, $" s=\"{style}\"");
        return new CellTag($"<c{styled}{type}>{inner}");
    }
}
