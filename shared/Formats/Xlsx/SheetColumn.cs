using System.Globalization;
using ExportFunctions.Datasets;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>One column of a sheet, with the opening XML of its cells prepared once.</summary>
internal sealed class SheetColumn
{
    private readonly bool _references;

    /// <summary>Prepares a column.</summary>
    /// <param name="column">The declaration.</param>
    /// <param name="index">The position, from 0.</param>
    /// <param name="plan">What was decided about it.</param>
    /// <param name="styles">The workbook's styles.</param>
    /// <param name="options">The options of the request.</param>
    public SheetColumn(DatasetColumn column, int index, ColumnPlan plan, XlsxStyles styles, WriterOptions options)
    {
        _references = options.CellReferences;
        Type = column.Type;
        Scale = column.Scale;
        Letters = LettersOf(index);
        Place = index + FirstPlace(options);
        LineCharacters = Math.Max(1, (int)plan.Width - 1);
        WrapCharacters = plan.Wraps ? LineCharacters : int.MaxValue;
        TimeUnit = ColumnFormats.TimeUnitOf(plan.Format);
        Link = options.Hyperlinks ? column.Link : null;
        Opening = new CellTag($"<c r=\"{Letters}");

        var isIdentifier = column.Type == ColumnType.Identifier;
        var boolean = column.Type == ColumnType.Boolean ? " t=\"b\"" : "";
        Header = Inline(XlsxStyles.OfHeader(column, options.Table));
        Value = Tag(styles.OfColumn(index), boolean, "<v>");
        WholeValue = Tag(styles.OfWholeNumbers(index), boolean, "<v>");
        Text = Tags(isIdentifier ? XlsxStyles.Identifier : XlsxStyles.General);
        FormulaText = Tags(isIdentifier ? XlsxStyles.Identifier : XlsxStyles.FormulaText);
        WrappedText = Tags(isIdentifier ? XlsxStyles.WrappedIdentifier : XlsxStyles.WrappedText);
        WrappedFormulaText = Tags(isIdentifier ? XlsxStyles.WrappedIdentifier : XlsxStyles.WrappedFormulaText);
        LinkText = Tags(XlsxStyles.Link);
        UnfitText = Tags(XlsxStyles.NumberText);
        Likeness = IsText ? (
            isIdentifier ? "identifier" : "text") : string.Create(CultureInfo.InvariantCulture, $"{styles.OfColumn(index)}{boolean}");
    }

    /// <summary>The declared type.</summary>
    public ColumnType Type { get; }

    /// <summary>True for texts and identifiers.</summary>
    public bool IsText => Type is ColumnType.Text or ColumnType.Identifier;

    /// <summary>Digits after a decimal's point; null for each value's own.</summary>
    public int? Scale { get; }

    /// <summary>Equal for columns whose cells begin with the same bytes, but for references.</summary>
    public string Likeness { get; }

    /// <summary>The column's number for recording the positions of values.</summary>
    public int Place { get; }

    /// <summary>The letters of the column's references.</summary>
    public string Letters { get; }

    /// <summary>What a text of the column is an address of; null when its cells carry no hyperlinks.</summary>
    public ColumnLink? Link { get; }

    /// <summary>The characters of a line, about.</summary>
    public int LineCharacters { get; }

    /// <summary>The length in characters from which a text wraps; <see cref="int.MaxValue"/> for never.</summary>
    public int WrapCharacters { get; }

    /// <summary>The ticks of the smallest part of a time that the column's format shows.</summary>
    public long TimeUnit { get; }

    /// <summary>Opens a cell with a reference, up to the row's number.</summary>
    public readonly CellTag Opening;

    /// <summary>Opens the header's cell, as an inline string.</summary>
    public readonly CellTag Header;

    /// <summary>Opens a number, date, time or boolean.</summary>
    public readonly CellTag Value;

    /// <summary>Opens a decimal without a fraction in a column without a scale.</summary>
    public readonly CellTag WholeValue;

    /// <summary>Opens a text.</summary>
    public TextTags Text { get; }

    /// <summary>Opens a text that would be a formula if it were typed in.</summary>
    public TextTags FormulaText { get; }

    /// <summary>Opens a text of several lines.</summary>
    public TextTags WrappedText { get; }

    /// <summary>Opens a text of several lines that would be a formula if it were typed in.</summary>
    public TextTags WrappedFormulaText { get; }

    /// <summary>Opens a text that carries a hyperlink.</summary>
    public TextTags LinkText { get; }

    /// <summary>
    /// Opens a value that only fits as text: a number with more digits than Excel keeps, an early date, a value that is not of the column's
    /// type.
    /// </summary>
    public TextTags UnfitText { get; }

    /// <summary>
    /// The number of the first column for recording the positions of values: with references, the row's number comes before.
    /// </summary>
    /// <param name="options">The options of the request.</param>
    public static int FirstPlace(WriterOptions options) => options.CellReferences ? 1 : 0;

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
    private TextTags Tags(uint style) => new(Tag(style, " t=\"str\"", "<v>"), Inline(style));

    private CellTag Inline(uint style) => Tag(style, " t=\"inlineStr\"", "<is><t xml:space=\"preserve\">");

    private CellTag Tag(uint style, string type, string inner)
    {
        var styled = style == XlsxStyles.General ? "" : string.Create(CultureInfo.InvariantCulture, $" s=\"{style}\"");
        return new CellTag($"{(_references ? "\"" : "<c")}{styled}{type}>{inner}");
    }
}
