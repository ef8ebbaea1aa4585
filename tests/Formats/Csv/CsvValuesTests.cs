using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Csv;

namespace ExportFunctions.Tests.Formats.Csv;

/// <summary>
/// Nulls alone in their record, values without zone or scale, ends of the calendar, and what Excel takes for another format.
/// </summary>
public sealed class CsvValuesTests
{
    private static readonly WriterOptions Raw = new() { Profile = InjectionProfile.Raw };
    private static readonly TimeZoneInfo Athens = TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens");

    [Theory]
    [InlineData(null, "NULL", "\"NULL\"")]
    [InlineData("-", "-", "NULL")]
    public async Task Write_TellsNullFromEmptyText_InAFileOfOneColumn(string? nullText, string written, string text)
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };

        var file = await WriteAsync([[null], [""], ["NULL"], ["a"]], SampleRows.Layout(columns, Raw with { NullText = nullText }));

        Assert.Equal($"x\r\n{written}\r\n\"\"\r\n{text}\r\na\r\n", file);
    }

    [Fact]
    public async Task Write_KeepsARecordThatHoldsOneNull_InAColumnWithoutTexts()
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Integer) };

        var text = await WriteAsync([[null], [1L]], SampleRows.Layout(columns, Raw));

        Assert.Equal("x\r\n\"\"\r\n1\r\n", text);
    }

    [Fact]
    public async Task Write_GivesLocalTimesAndOwnDigitsAndUnfitValues_AsTheyStand()
    {
        var columns = new[]
        {
            SampleRows.Column("l", "L", ColumnType.LocalTimestamp), SampleRows.Column("t", "T", ColumnType.Time),
            SampleRows.Column("d", "D", ColumnType.Decimal, scale: null),
            SampleRows.Column("n", "N", ColumnType.Decimal, scale: 2),
        };
        object?[][] rows =
        [
            [new DateTime(2024, 6, 30, 23, 59, 59, 999), new TimeOnly(7, 5), 9.0m, 1m],
            [DateTime.MaxValue, TimeOnly.MaxValue, 0.0000000000000000000000000001m, "-infinity"],
            [DateTime.MinValue, TimeOnly.MinValue, -79228162514264337593543950335m, "123456789012345678901234567890.5"],
            ["infinity", null, -12.750m, "NaN"],
        ];

        var text = await WriteAsync(rows, SampleRows.Layout(columns, Raw, Athens));

        Assert.Equal(
            "l,t,d,n\r\n"
            + "2024-06-30T23:59:59.999,07:05:00,9.0,1.00\r\n"
            + "9999-12-31T23:59:59.9999999,23:59:59.9999999,0.0000000000000000000000000001,-infinity\r\n"
            + "0001-01-01T00:00:00,00:00:00,-79228162514264337593543950335,123456789012345678901234567890.5\r\n"
            + "infinity,,-12.750,NaN\r\n",
            text);
    }

    [Fact]
    public async Task Write_GivesTheInstant_AtBothEndsOfTime()
    {
        var columns = new[] { SampleRows.Column("at", "At", ColumnType.Timestamp) };
        var last = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

        var text = await WriteAsync([[last], [last.AddHours(-3)]], SampleRows.Layout(columns, Raw, Athens));
        var utc = await WriteAsync([[last], [DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)]], SampleRows.Layout(columns, Raw));

        Assert.Equal("at\r\n9999-12-31T23:59:59.9999999+00:00\r\n9999-12-31T22:59:59.9999999+02:00\r\n", text);
        Assert.Equal("at\r\n9999-12-31T23:59:59.9999999Z\r\n0001-01-01T00:00:00Z\r\n", utc);
    }

    [Theory]
    [InlineData("ID", null, false, "\"ID\"")]
    [InlineData("IDENTITY", null, false, "\"IDENTITY\"")]
    [InlineData("Id", null, false, "Id")]
    [InlineData("ID", null, true, "\uFEFFID")]
    [InlineData("x", "ID", false, "x")]
    public async Task Write_QuotesAHeadingThatBeginsAsSylkDoes_WithoutAMark(string name, string? second, bool mark, string heading)
    {
        DatasetColumn[] columns =
            [SampleRows.Column(name, name, ColumnType.Integer), SampleRows.Column(second ?? "y", second ?? "y", ColumnType.Integer)];

        var raw = await WriteAsync([], SampleRows.Layout(columns, Raw with { ByteOrderMark = mark }));
        var safe = await WriteAsync([], SampleRows.Layout(columns, new WriterOptions { ByteOrderMark = mark }));

        Assert.Equal($"{heading},{second ?? "y"}\r\n", raw);
        Assert.Equal(raw, safe);
    }

    private static async Task<string> WriteAsync(object?[][] rows, FileLayout layout)
    {
        var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), layout, rows);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output.ToArray());
    }
}
