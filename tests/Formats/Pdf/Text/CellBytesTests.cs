using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Tests.Formats.Pdf.Text;

public sealed class CellBytesTests
{
    private static readonly TimeZoneInfo Athens = TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens");

    [Fact]
    public void Show_WritesAnyValueByItsDefault_WithoutAFormat()
    {
        var random = new Random(11);
        DatasetColumn[] columns =
        [
            .. Enumerable.Range(0, 13).Select(scale => SampleRows.Column($"d{scale}", "D", ColumnType.Decimal, scale)), SampleRows.Column(
                "own", "D", ColumnType.Decimal, scale: null),
            SampleRows.Column("i", "I", ColumnType.Integer),
            SampleRows.Column("b", "B", ColumnType.Boolean),
            SampleRows.Column("day", "D", ColumnType.Date),
            SampleRows.Column("at", "A", ColumnType.Timestamp),
            SampleRows.Column("local", "A", ColumnType.LocalTimestamp),
            SampleRows.Column("time", "A", ColumnType.Time),
            SampleRows.Column("text", "T", ColumnType.Text),
        ];
        var rows = Enumerable.Range(0, 3000).Select(_ => columns.Select(column => Value(random, column.Type)).ToArray()).ToList();
        var layout = SampleRows.Layout(columns, zone: Athens);
        var (cells, characters) = (new CellBytes(layout), new CellText(layout));

        var at = 0;
        foreach (var batch in SampleRows.Batches(rows, columns))
        {
            for (var row = 0; row < batch.Count; row++, at++)
            {
                for (var column = 0; column < columns.Length; column++)
                {
                    var expected = Expected(rows[at][column], columns[column]);
                    Assert.Equal(expected, Encoding.UTF8.GetString(cells.Show(batch, row, column)));
                    Assert.Equal(expected, characters.Show(batch, row, column).ToString());
                }
            }
        }

        Assert.Equal(rows.Count, at);
    }

    [Theory]
    [InlineData("#,##0.00;[Red]-#,##0.00", "12456.94", "12,456.94", null)]
    [InlineData("#,##0.00;[Red]-#,##0.00", "-12456.94", "-12,456.94", "FF0000")]
    [InlineData("0.0%", "0.256", "25.6%", null)]
    [InlineData("#,##0.00\\ [$€-408]", "-1234.5", "-1,234.50 €", null)]
    [InlineData("0.00", "9.995", "10.00", null)]
    [InlineData("??0.0", "5", "\u2007\u20075.0", null)]
    [InlineData(null, "9.0", "9.0", null)]
    public void Show_GoesByTheColumnsFormat(string? format, string value, string expected, string? color)
    {
        var shown = Show(
            SampleRows.Column("x", "X", ColumnType.Decimal, scale: null, format: format),
            decimal.Parse(value, CultureInfo.InvariantCulture));

        Assert.Equal((expected, color), shown);
    }

    [Theory]
    [InlineData(null, PageLanguage.El, ColumnType.Decimal, null, "-1234,50")]
    [InlineData("el-GR", PageLanguage.En, ColumnType.Decimal, null, "-1234,50")]
    [InlineData("el-GR", PageLanguage.En, ColumnType.Decimal, "#,##0.0", "-1.234,5")]
    [InlineData("en-US", PageLanguage.El, ColumnType.Decimal, null, "-1234.50")]
    [InlineData("el-GR", PageLanguage.En, ColumnType.Date, null, "4/3/2026")]
    [InlineData("de-DE", PageLanguage.En, ColumnType.Date, null, "04.03.2026")]
    [InlineData("en-US", PageLanguage.En, ColumnType.LocalTimestamp, null, "3/4/2026 11:59:59\u202fPM")]
    [InlineData("de-DE", PageLanguage.En, ColumnType.Time, null, "23:59:59")]
    [InlineData("el-GR", PageLanguage.En, ColumnType.Date, "yyyy-mm-dd", "2026-03-04")]
    [InlineData("el-GR", PageLanguage.En, ColumnType.Date, "ddd d mmm yyyy", "Τετ 4 Μαρ 2026")]
    [InlineData(null, PageLanguage.El, ColumnType.Boolean, null, "Ναι")]
    [InlineData("el-GR", PageLanguage.En, ColumnType.Boolean, null, "Yes")]
    [InlineData(null, PageLanguage.En, ColumnType.Time, "h:mm AM/PM", "11:59 PM")]
    [InlineData(null, PageLanguage.En, ColumnType.Time, "[h]:mm:ss.000", "23:59:59.999")]
    public void Show_TakesSignsAndDatesFromTheCulture_AndWordsFromTheLanguage(
        string? culture, PageLanguage language, ColumnType type, string? format, string expected)
    {
        var time = new DateTime(2026, 3, 4).AddTicks(TimeSpan.TicksPerDay - 1);
        object value = type switch
        {
            ColumnType.Decimal => -1234.5m,
            ColumnType.Boolean => true,
            ColumnType.Date => DateOnly.FromDateTime(time),
            ColumnType.Time => TimeOnly.FromDateTime(time),
            _ => time,
        };

        var shown = Show(
            SampleRows.Column("x", "X", type, scale: 2, format: format),
            value,
            new WriterOptions { Culture = culture, Language = language });

        Assert.Equal(expected, shown.Text);
    }

    [Theory]
    [InlineData(ColumnType.Decimal)]
    [InlineData(ColumnType.Integer)]
    [InlineData(ColumnType.Date)]
    [InlineData(ColumnType.Timestamp)]
    [InlineData(ColumnType.Boolean)]
    public void Show_GivesTheText_WhenTheTypeCannotHoldTheValue(ColumnType type)
    {
        var format = type == ColumnType.Decimal ? "#,##0.00;[Red]-#,##0.00" : null;

        var shown = Show(SampleRows.Column("x", "X", type, format: format), "-infinity");

        Assert.Equal(("-infinity", null), shown);
    }

    private static (string Text, string? Color) Show(DatasetColumn column, object value, WriterOptions? options = null)
    {
        var cells = new CellBytes(SampleRows.Layout([column], options));
        var text = Encoding.UTF8.GetString(cells.Show(SampleRows.Batches([[value]], [column]).Single(), 0, 0));
        return (text, cells.Color is { } color ? $"{color.Red:X2}{color.Green:X2}{color.Blue:X2}" : null);
    }

    private static string Expected(object? value, DatasetColumn column) => value switch
    {
        null => "",
        decimal number => Digits(number, column.Scale),
        bool flag => flag ? "Yes" : "No",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        DateTime instant => Shown(instant, column.Type).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        string text =>
            Encoding.UTF8.GetByteCount(text) <= CellText.MaxBytes ? text : string.Concat(text.AsSpan(0, CellText.MaxBytes / 2), "…"),
        _ => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
    };

    private static string Digits(decimal value, int? scale)
    {
        if (scale is not { } places)
            return value == 0 ? (
                value * 0).ToString(CultureInfo.InvariantCulture).TrimStart('-') : value.ToString(CultureInfo.InvariantCulture);

        var rounded = decimal.Round(value, places, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static DateTime Shown(DateTime instant, ColumnType type)
    {
        var offset =
            type == ColumnType.LocalTimestamp ? TimeSpan.Zero : Athens.GetUtcOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc));
        return DateTime.MaxValue - instant < offset ? DateTime.MaxValue : instant + offset;
    }

    private static object? Value(Random random, ColumnType type) => random.Next(20) == 0 ? null : type switch
    {
        ColumnType.Decimal => new decimal(
            random.Next(3) == 0 ? random.Next(100) : random.Next(),
            random.Next(4) == 0 ? random.Next() : 0,
            random.Next(8) == 0 ? random.Next() : 0,
            random.Next(2) == 0,
            (byte)random.Next(0, 29)),
        ColumnType.Integer => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
        ColumnType.Boolean => random.Next(2) == 0,
        ColumnType.Date => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber + 1)),
        ColumnType.Time => new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay)),
        ColumnType.Timestamp or ColumnType.LocalTimestamp => new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc),
        _ => new string('é', random.Next(3000)),
    };
}
