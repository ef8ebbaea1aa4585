using System.Text;
using ExportFunctions.Datasets;

namespace ExportFunctions.Formats.Pdf.Text;

/// <summary>
/// Turns a column's spreadsheet number format (ECMA-376 part 1, 18.8.31) into .NET's, as far as the two agree: digits with grouping and
/// per cent, and dates and times in digits. Anything else takes the type's default.
/// </summary>
internal static class NumberFormat
{
    public const string Date = "yyyy-MM-dd";

    public const string Timestamp = "yyyy-MM-dd HH:mm:ss";

    public const string Time = "HH:mm:ss";

    /// <summary>The .NET format of a column.</summary>
    public static string For(DatasetColumn column) => column.Type switch
    {
        ColumnType.Integer => Digits(column.NumberFormat) ?? "0",
        ColumnType.Decimal => Digits(column.NumberFormat) ?? DefaultOf(column.Scale),
        ColumnType.Date => DateAndTime(column.NumberFormat, withTime: false) ?? Date,
        ColumnType.Time => Time,
        ColumnType.Timestamp or ColumnType.LocalTimestamp => DateAndTime(column.NumberFormat, withTime: true) ?? Timestamp,
        _ => "",
    };

    private static string DefaultOf(int? scale) => scale switch
    {
        null => "G",
        0 => "0",
        { } digits => "0." + new string('0', digits),
    };

    private static string? Digits(string? format) =>
        format is { Length: > 0 } && format.AsSpan().IndexOfAnyExcept("0#,.%") < 0 && format.AsSpan().ContainsAny("0#") ? format : null;

    private static string? DateAndTime(string? format, bool withTime)
    {
        if (string.IsNullOrEmpty(format))
            return null;

        var result = new StringBuilder(format.Length);
        var inTime = false;
        for (var i = 0; i < format.Length;)
        {
            var letter = char.ToLowerInvariant(format[i]);
            var run = i;
            while (run < format.Length && char.ToLowerInvariant(format[run]) == letter)
                run++;

            var part = (letter, run - i) switch
            {
                ('y', 2 or 4) => new string('y', run - i),
                ('d', 1 or 2) => new string('d', run - i),
                ('h', 1 or 2) when withTime => new string('H', run - i),
                ('s', 1 or 2) when withTime => new string('s', run - i),
                // A month, unless it follows the hour or leads the seconds.
                ('m', 1 or 2) => new string(inTime || LeadsSeconds(format, run) ? 'm' : 'M', run - i),
                ('-' or '.' or ' ', _) => new string(letter, run - i),
                ('/' or ':', 1) => $"'{letter}'",
                _ => null,
            };
            if (part is null)
                return null;

            if (char.IsLetter(letter))
                inTime = letter is 'h';

            result.Append(part);
            i = run;
        }

        // A single letter would be read as one of .NET's standard formats.
        return result.Length == 1 ? "%" + result : result.ToString();
    }

    private static bool LeadsSeconds(string format, int next) => next + 1 < format.Length && format[next] == ':' && format[next + 1] is 's' or 'S';
}
