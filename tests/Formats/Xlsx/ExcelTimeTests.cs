using System.Globalization;
using ExportFunctions.Datasets;

namespace ExportFunctions.Tests.Formats.Xlsx;

[Integration]
public sealed class ExcelTimeTests
{
    private static readonly TimeZoneInfo Athens = TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens");
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Theory]
    [InlineData("2024-06-30T23:59:59.999", "2024-06-30T23:59:59.000")]
    [InlineData("2024-06-30T23:59:59.9999999", "2024-06-30T23:59:59.000")]
    [InlineData("9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59.000")]
    public async Task Write_CutsTimesToTheSecond_WhenTheFormatShowsNoFraction(string instant, string shown)
    {
        var columns = new[] { SampleRows.Column("t", "T", ColumnType.Timestamp, format: "yyyy-mm-dd hh:mm:ss") };

        var (bytes, warnings) = await Workbooks.WriteAsync([[Utc(instant)]], SampleRows.Layout(columns, rowsExpected: 1));

        Assert.Equal(new("d", shown), (await OpenPyxl.ReadAsync(bytes)).Sheets[0].Rows[1][0]);
        Assert.Equal(("time_cut", 1L, "t"), Assert.Single(warnings.Select(warning => (warning.Code, warning.Count, warning.Column!))));
    }

    [Theory]
    [InlineData(ColumnType.Timestamp, "T (Europe/Athens)", "2024-06-30T23:59:59.999", "2024-07-01T02:59:59.999")]
    [InlineData(ColumnType.LocalTimestamp, "T", "2024-06-30T23:59:59.999", "2024-06-30T23:59:59.999")]
    [InlineData(ColumnType.LocalTimestamp, "T", "9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59.999")]
    public async Task Write_KeepsMilliseconds_WhenTheFirstRowsHaveSome(ColumnType type, string title, string time, string shown)
    {
        var columns = new[] { SampleRows.Column("t", "T", type) };

        var (bytes, warnings) = await Workbooks.WriteAsync([[Utc(time)]], SampleRows.Layout(columns, zone: Athens, rowsExpected: 1));

        var sheet = (await OpenPyxl.ReadAsync(bytes)).Sheets[0];
        Assert.Empty(warnings);
        Assert.Equal((title, "yyyy\\-mm\\-dd\\ hh:mm:ss.000"), (sheet.Rows[0][0].Value, sheet.Formats[0]));
        Assert.Equal(new("d", shown), sheet.Rows[1][0]);
    }

    [Fact]
    public async Task Write_CapsTimes_WhenTheZoneShiftsThemPastTheLastYear()
    {
        var columns = new[] { SampleRows.Column("t", "T", ColumnType.Timestamp) };

        var (bytes, warnings) = await Workbooks.WriteAsync(
            [[Utc("9999-12-31T22:30:00")], [DateTime.MaxValue]], SampleRows.Layout(columns, zone: Athens, rowsExpected: 2));

        Assert.Equal(
            [new("d", "9999-12-31T23:59:59.999"), new OpenPyxl.Cell("d", "9999-12-31T23:59:59.999")],
            (await OpenPyxl.ReadAsync(bytes)).Sheets[0].Rows.Skip(1).Select(row => row[0]));
        Assert.Equal(("date_capped", 2L, "t"), Assert.Single(warnings.Select(warning => (warning.Code, warning.Count, warning.Column!))));
    }

    [Fact]
    public async Task Write_MakesTextOfTimes_BeforeTheFirstThatExcelKnows()
    {
        var columns = new[] { SampleRows.Column("t", "T", ColumnType.Timestamp) };

        var (bytes, warnings) = await Workbooks.WriteAsync(
            [[DateTime.MinValue], [Utc("1900-03-01T04:00:00")], [Utc("1900-03-01T05:00:00")]],
            SampleRows.Layout(columns, zone: NewYork, rowsExpected: 3));

        Assert.Equal(
            [new("s", "0001-01-01 00:00:00"), new("s", "1900-02-28 23:00:00"), new OpenPyxl.Cell("d", "1900-03-01T00:00:00.000")],
            (await OpenPyxl.ReadAsync(bytes)).Sheets[0].Rows.Skip(1).Select(row => row[0]));
        Assert.Equal(("date_as_text", 2L), Assert.Single(warnings.Select(warning => (warning.Code, warning.Count))));
    }

    [Theory]
    [InlineData("23:59:59", "hh:mm:ss", "23:59:59", 0)]
    [InlineData("00:00:00", "hh:mm:ss", "00:00:00", 0)]
    [InlineData("23:59:59.9999999", "hh:mm:ss.000", "23:59:59.999", 0)]
    [InlineData("12:30:45.5", "hh:mm:ss.000", "12:30:45.500", 0)]
    public async Task Write_MakesATimeOfDay_ThatShowsWhatTheValueHas(string time, string format, string shown, int cut)
    {
        var columns = new[] { SampleRows.Column("t", "T", ColumnType.Time) };

        var (bytes, warnings) =
            await Workbooks.WriteAsync([[TimeOnly.Parse(time, CultureInfo.InvariantCulture)]], SampleRows.Layout(columns, rowsExpected: 1));

        var sheet = (await OpenPyxl.ReadAsync(bytes)).Sheets[0];
        Assert.Equal((format, cut), (sheet.Formats[0], warnings.Count));
        Assert.Equal(shown, Shown(sheet.Rows[1][0].Value!, format));
    }

    // openpyxl's time, as Python's str shows it.
    private static string Shown(string read, string format) => format.EndsWith(".000", StringComparison.Ordinal)
        ? TimeOnly.Parse(read, CultureInfo.InvariantCulture).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)
        : read;

    private static DateTime Utc(string time) =>
        DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
