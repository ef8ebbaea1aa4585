using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;

namespace ExportFunctions.Tests.Formats.Csv;

/// <summary>
/// Files whose texts try to become formulas, and what a program makes of them that knows neither their delimiter nor their quotes.
/// </summary>
internal static partial class HostileTexts
{
    private static readonly string[] Pieces =
    [
        "=cmd|'/c calc'!A0",
        "+cmd|'/c calc'!A0",
        "1+cmd|'/c calc'!A0",
        "cmd|'/c calc'!A0",
        "-2+3",
        "@SUM(1)",
        "=1",
        "=HYPERLINK(\"x\")",
        "\uFF1D1",
        ";",
        ",",
        "\t",
        "|",
        "^",
        "&",
        "\"",
        "\"\"",
        "'",
        "\r\n",
        "\n",
        "\r",
        " ",
        "\u00A0",
        "\u200B",
        "\0",
        "-",
        "+",
        "=",
        "@",
        "5",
        "-5",
        "+30 210 1234567",
        "*1+cmd|'/c calc'!A0",
        ";+",
        ";-(",
        "1,5",
        "40.64, -22.94",
        "x",
        "NULL",
        "(",
        "%",
        ".5",
        "SUM(1)",
        "Ελένη",
    ];

    /// <summary>A text of some hostile pieces.</summary>
    public static readonly Gen<string> Text = Of(Pieces).Array[0, 6].Select(string.Concat);

    /// <summary>A file in the safe profile, with numbers below zero and texts in any order.</summary>
    public static readonly Gen<(FileLayout Layout, object?[][] Rows)> File =
        from delimiter in Gen.Char[",;\t|^~!$%&"]
        from comma in Gen.Bool
        from quoting in Gen.Enum<FieldQuoting>()
        from nullText in Of(null, null, "-", "NULL")
        from types in Of(
            ColumnType.Text, ColumnType.Text, ColumnType.Integer, ColumnType.Decimal, ColumnType.Date, ColumnType.Boolean).Array[1, 5]
        from titles in Text.Array[types.Length]
        from rows in Gen.Select(
            Text.Array[types.Length],
            Gen.Int[-20, 20].Array[types.Length],
            (texts, numbers) => types.Select((type, i) => Value(type, texts[i], numbers[i])).ToArray()).Array[1, 10]
        let sign = comma && delimiter != ',' ? ',' : '.'
        let options = new WriterOptions
        {
            Delimiter = delimiter,
            DecimalSeparator = sign,
            Quoting = quoting,
            NullText = nullText,
            ByteOrderMark = false,
        }
        select (SampleRows.Layout([.. types.Select((type, i) => SampleRows.Column("c" + i, titles[i], type, scale: 1))], options), rows);

    /// <summary>
    /// The cells that a reader finds. A quote that begins a cell ends at the next single one, and what follows belongs to the cell, too; or
    /// quotes mean nothing.
    /// </summary>
    public static List<string> Cells(string file, string delimiters, bool knowsQuotes)
    {
        var (cells, cell, isQuoted, isStart) = (new List<string>(), new StringBuilder(), false, true);
        for (var i = 0; i < file.Length; i++)
        {
            var sign = file[i];
            if (knowsQuotes && isStart && sign == '"')
                (isQuoted, isStart) = (true, false);
            else if (isQuoted && sign == '"' && i + 1 < file.Length && file[i + 1] == '"')
                cell.Append(file[++i]);
            else if (isQuoted && sign == '"')
                isQuoted = false;
            else if (!isQuoted && (sign is '\r' or '\n' || delimiters.Contains(sign, StringComparison.Ordinal)))
                (isStart, _) = (true, Close());
            else
                (isStart, _) = (false, cell.Append(sign));
        }

        Close();
        return cells;

        int Close()
        {
            cells.Add(cell.ToString());
            cell.Clear();
            return cells.Count;
        }
    }

    /// <summary>
    /// True when a spreadsheet would run the cell: it begins with a sign, and is neither a number nor a number of which the file's next
    /// fields are a part, their texts in quotes. A formula can't have a text in quotes right behind a number, and runs nothing in one.
    /// </summary>
    public static bool CanRun(string cell)
    {
        if (!Signed().IsMatch(cell)
            || CellOracle.IsPlainNumber(cell.Replace("'", "", StringComparison.Ordinal).TrimEnd('"'))
            || NumberBeforeText().IsMatch(cell))
            return false;

        return !NothingToRun().IsMatch(Literal().Replace(cell, ""));
    }

    private static object? Value(ColumnType type, string text, int number) => number % 7 == 3 ? null : type switch
    {
        ColumnType.Integer => (long)number,
        ColumnType.Decimal => number / 2m,
        ColumnType.Date => new DateOnly(2026, 1, 21).AddDays(number),
        ColumnType.Boolean => number > 0,
        _ => text,
    };

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [GeneratedRegex(
        @"^[\s\p{Cc}\p{Cf}]*[=+@\uFF1D\uFF0B\uFF0D\uFF20-]",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Signed();

    [GeneratedRegex(@"^[\s\p{Cc}\p{Cf}]*[+-][\s.,()%'-]*[0-9][0-9\s.,()%'-]*""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NumberBeforeText();

    [GeneratedRegex("\"([^\"]|\"\")*(\"|\\z)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Literal();

    // Numbers, dates, booleans and nulls as the file has them, and its delimiters.
    [GeneratedRegex(@"^[\s\p{Cc}\p{Cf}]*[+-]([0-9\s.,;|^~!$%&()'+-]|true|false|NULL)*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NothingToRun();
}
