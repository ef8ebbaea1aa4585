using CsCheck;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;

namespace ExportFunctions.Tests.Formats.Csv;

/// <summary>Random files: every option, every type with its extremes, and text of every plane of Unicode.</summary>
internal static class RandomCsv
{
    private static readonly string[] Zones = ["UTC", "Europe/Athens", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati"];
    private static readonly string?[] NullTexts = [null, null, "NULL", @"\N", "-", "n/a", "κενό"];
    private static readonly string?[] DateFormats = [null, null, "dd/MM/yyyy", "d.M.yy", "MMM d yyyy", "MMMM-dd yyyy"];
    private static readonly string?[] TimestampFormats =
        [null, null, "dd/MM/yyyy HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.fffzzz", "d.M.yy h:mm tt", "yyyy-MM-dd H:m:s.FFFFFFF"];
    private static readonly string?[] TimeFormats = [null, null, "HH:mm", "h:mm:ss.fff tt"];

    public static readonly Gen<string> Text = Gen.Frequency(
        (4, Gen.String[Gen.Char[' ', '~'], 0, 40]),
        (4, Scalar().Array[0, 20].Select(runes => string.Concat(runes.Select(char.ConvertFromUtf32)))),
        (2, Gen.String[Gen.Char["\",;\t|\r\n\0'=+-@ ab"], 0, 40]),
        (1, Of(SampleRows.AwkwardTexts)),
        (1, Of(NullTexts.OfType<string>().ToArray())));

    private static readonly Gen<decimal> Decimals = Gen.Frequency(
        (3, Gen.Select(
            Gen.Int,
            Gen.Int,
            Gen.Int,
            Gen.Bool,
            Gen.Byte[0, 28],
            (low, middle, high, negative, scale) => new decimal(low, middle, high, negative, scale))),
        (3, Gen.Select(
            Gen.Int, Gen.Int, Gen.Bool, Gen.Byte[0, 28], (low, middle, negative, scale) => new decimal(low, middle, 0, negative, scale))),
        (3, Gen.Select(Gen.Int, Gen.Byte[0, 6], (number, scale) => new decimal(number) / (decimal)Math.Pow(10, scale))),
        (1, Of(
            0m,
            -0.0m,
            0.005m,
            -0.005m,
            0.004m,
            0.995m,
            decimal.MaxValue,
            decimal.MinValue,
            18446744073709551615m,
            1844674407370955161.5m)));

    private static readonly Gen<long> Integers = Gen.OneOf(
        Gen.Long, Gen.Long[-1000, 1000], Gen.Select(
            Gen.Int[0, 18], Gen.Long[-1, 1], (power, off) => (long)Math.Pow(10, power) + off), Of(long.MinValue, long.MaxValue));

    // A day from each end, so that no zone leaves the calendar.
    private static readonly Gen<DateTime> Instants = Gen.Select(
        Gen.Long[TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay],
        Of(1L, 10_000L, TimeSpan.TicksPerSecond, TimeSpan.TicksPerHour),
        (ticks, step) => new DateTime(ticks - (ticks % step), DateTimeKind.Utc));

    public static readonly Gen<WriterOptions> Options = Gen.Select(
        Gen.Select(Gen.Enum<InjectionProfile>(), Gen.Char[",;\t|^~!$%&"], Gen.Bool, Gen.Bool),
        Gen.Select(Gen.Enum<LineEnding>(), Gen.Enum<FieldQuoting>(), Of(NullTexts)),
        Gen.Select(Of(DateFormats), Of(TimestampFormats), Of(TimeFormats)),
        (signs, kinds, formats) => new WriterOptions
        {
            Profile = signs.Item1,
            Delimiter = signs.Item2,
            DecimalSeparator = signs.Item3 && signs.Item2 != ',' ? ',' : '.',
            ByteOrderMark = signs.Item4,
            LineEnding = kinds.Item1,
            Quoting = kinds.Item2,
            NullText = kinds.Item3,
            DateFormat = formats.Item1,
            TimestampFormat = formats.Item2,
            TimeFormat = formats.Item3,
        });

    /// <summary>A file: its layout and rows.</summary>
    public static readonly Gen<(FileLayout Layout, object?[][] Rows)> File = Gen.Select(
        Options, Of(Zones), Gen.Select(Gen.Enum<ColumnType>(), Text, Gen.Int[-1, 12]).Array[1, 12],
        (options, zone, columns) => SampleRows.Layout(
            [.. columns.Select((column, i) => SampleRows.Column(
                "c" + i,
                column.Item2,
                column.Item1,
                column.Item3 < 0 ? null : column.Item3))], options, TimeZoneInfo.FindSystemTimeZoneById(zone)))
        .SelectMany(layout => Row(layout.Columns).Array[0, 30].Select(rows => (layout, rows)));

    private static Gen<object?[]> Row(IReadOnlyList<DatasetColumn> columns) =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Select(
            Text, Text, Decimals, Integers), Gen.Select(Instants, Gen.Date.Select(DateOnly.FromDateTime), Gen.Bool), (seed, a, b) =>
            columns.Select((column, i) => ((seed >> i) & 15) switch { 0 => null, 1 => a.Item1, _ => Value(column.Type, i, a, b) })
                .ToArray());

    private static object Value(ColumnType type, int index, (string, string, decimal, long) texts, (DateTime, DateOnly, bool) others) =>
        type switch
        {
            ColumnType.Text or ColumnType.Identifier => index % 2 == 0 ? texts.Item1 : texts.Item2,
            ColumnType.Integer => texts.Item4,
            ColumnType.Decimal => texts.Item3,
            ColumnType.Boolean => others.Item3,
            ColumnType.Date => others.Item2,
            ColumnType.Time => TimeOnly.FromDateTime(others.Item1),
            _ => others.Item1,
        };

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<int> Scalar() => Gen.OneOf(
        Gen.Int[0, 0x7F],
        Gen.Int[0x80, 0x7FF],
        Gen.Int[0x800, 0xD7FF],
        Gen.Int[0xE000, 0xFFFF],
        Gen.Int[0x10000, 0x1FFFF],
        Gen.Int[0x20000, 0xDFFFF],
        Gen.Int[0xE0000, 0x10FFFF]);
}
