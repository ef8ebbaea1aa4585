using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>The number formats of columns: the declared ones, otherwise one for the type that hides nothing of the first rows.</summary>
internal static class ColumnFormats
{
    // Excel shows TRUE and FALSE whatever the format; LibreOffice would show 1 and 0.
    public const string Boolean = "\"TRUE\";\"TRUE\";\"FALSE\"";

    // As many digits as Excel keeps of a number.
    private const int MaxDigits = 15;

    /// <summary>The number of rows examined.</summary>
    public const int SampledRows = 100;

    /// <summary>The format of a column's typed cells, and of those without a fraction where it differs; null for texts.</summary>
    /// <param name="column">The column.</param>
    /// <param name="index">Its position.</param>
    /// <param name="first">The first batch; null when there are no rows.</param>
    public static (string? Format, string? Whole) Of(DatasetColumn column, int index, RowBatch? first) => column.Type switch
    {
        ColumnType.Text or ColumnType.Identifier => (null, null),
        ColumnType.Boolean => (Boolean, null),
        _ when column.NumberFormat is { } declared => (declared, null),
        ColumnType.Integer => ("0", null),
        ColumnType.Decimal => column.Scale is { } scale ? (Fixed(scale), null) : OwnDigits(index, first),
        ColumnType.Date => ("yyyy\\-mm\\-dd", null),
        ColumnType.Time => ("hh:mm:ss" + Fraction(column.Type, index, first), null),
        _ => ("yyyy\\-mm\\-dd\\ hh:mm:ss" + Fraction(column.Type, index, first), null),
    };

    /// <summary>
    /// The ticks of the smallest unit of time that a format shows: a second, or its digits after the seconds, a millisecond at least.
    /// </summary>
    /// <param name="format">The format; null for texts.</param>
    public static long TimeUnitOf(string? format)
    {
        var digits = 0;
        for (var i = 0; i < format?.Length; i++)
        {
            switch (format[i])
            {
                case '"':
                    i = format.IndexOf('"', i + 1) is var end and >= 0 ? end : format.Length;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '.' when i > 0 && format[i - 1] is 's' or 'S' or ']':
                    digits =
                        Math.Max(digits, format.AsSpan(i + 1).IndexOfAnyExcept('0') is var zeros and >= 0 ? zeros : format.Length - i - 1);
                    break;
            }
        }

        return digits switch
        {
            0 => TimeSpan.TicksPerSecond,
            1 => TimeSpan.TicksPerSecond / 10,
            2 => TimeSpan.TicksPerSecond / 100,
            _ => TimeSpan.TicksPerMillisecond,
        };
    }

    private static string Fixed(int scale) => scale == 0 ? "0" : "0." + new string('0', scale);

    // As many zeros as the first rows have digits, so that their points stand below each other, and room for more. Without any, whole
    // numbers are shown without the point that such a format would leave behind them.
    private static (string Format, string? Whole) OwnDigits(int index, RowBatch? first)
    {
        var seen = 0;
        for (var row = 0; row < Math.Min(first?.Count ?? 0, SampledRows); row++)
        {
            if (!first!.IsNull(row, index) && !first.IsUnfit(row, index))
                seen = Math.Max(seen, first.GetDecimal(row, index).Scale);
        }

        var zeros = Math.Max(1, seen);
        return ("0." + new string('0', zeros) + new string('#', Math.Max(0, MaxDigits - zeros)), seen == 0 ? "0" : null);
    }

    private static string Fraction(ColumnType type, int index, RowBatch? first)
    {
        for (var row = 0; row < Math.Min(first?.Count ?? 0, SampledRows); row++)
        {
            if (first!.IsNull(row, index) || first.IsUnfit(row, index))
                continue;

            var ticks = type switch
            {
                ColumnType.Time => first.GetTime(row, index).Ticks,
                ColumnType.LocalTimestamp => first.GetLocalTimestamp(row, index).Ticks,
                _ => first.GetTimestamp(row, index).Ticks,
            };
            if (ticks % TimeSpan.TicksPerSecond >= TimeSpan.TicksPerMillisecond)
                return ".000";
        }

        return "";
    }
}
