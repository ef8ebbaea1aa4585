using System.Text;
using System.Text.Json;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Csv;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Formats.Csv;

public sealed class CsvOptionsTests
{
    [Fact]
    public void Read_GivesEveryOption_WhenAllAreRight()
    {
        var options = ReadWell(
            """
            {"profile":"raw","culture":"el-GR","delimiter":"~","decimalSeparator":".","byteOrderMark":true,"lineEnding":"lf","nullText":"NULL",
             "dateFormat":"dd/MM/yyyy","timestampFormat":"dd/MM/yyyy HH:mm:ss zzz","timeFormat":"HH:mm","quoting":"nonNumeric","compression":"gzip"}
            """);

        var expected = new WriterOptions
        {
            Profile = InjectionProfile.Raw,
            Culture = "el-GR",
            Delimiter = '~',
            DecimalSeparator = '.',
            ByteOrderMark = true,
            LineEnding = LineEnding.Lf,
            NullText = "NULL",
            DateFormat = "dd/MM/yyyy",
            TimestampFormat = "dd/MM/yyyy HH:mm:ss zzz",
            TimeFormat = "HH:mm",
            Quoting = FieldQuoting.NonNumeric,
            Compression = FileCompression.Gzip,
        };
        Assert.Equal(expected, options);
    }

    [Theory]
    [InlineData("""{"culture":"xx-XX"}""", "options.culture")]
    [InlineData("""{"culture":"../el"}""", "options.culture")]
    [InlineData("""{"culture":""}""", "options.culture")]
    [InlineData("""{"culture":1033}""", "options.culture")]
    [InlineData("""{"culture":"fa-IR"}""", "options.culture")]
    [InlineData("""{"culture":"el-GR","delimiter":","}""", "options.delimiter")]
    [InlineData("""{"culture":"en-US","decimalSeparator":","}""", "options.decimalSeparator")]
    [InlineData("""{"delimiter":"\""}""", "options.delimiter")]
    [InlineData("""{"delimiter":"\n"}""", "options.delimiter")]
    [InlineData("""{"delimiter":"-"}""", "options.delimiter")]
    [InlineData("""{"delimiter":"é"}""", "options.delimiter")]
    [InlineData("""{"lineEnding":"cr"}""", "options.lineEnding")]
    [InlineData("""{"lineEnding":"\n"}""", "options.lineEnding")]
    [InlineData("""{"nullText":""}""", "options.nullText")]
    [InlineData("""{"nullText":0}""", "options.nullText")]
    [InlineData("""{"nullText":"0"}""", "options.nullText")]
    [InlineData("""{"nullText":"1.5"}""", "options.nullText")]
    [InlineData("""{"nullText":"-1"}""", "options.nullText")]
    [InlineData("""{"nullText":"FALSE"}""", "options.nullText")]
    [InlineData("""{"nullText":"=NA()"}""", "options.nullText")]
    [InlineData("""{"nullText":" =1"}""", "options.nullText")]
    [InlineData("""{"nullText":"a\"b"}""", "options.nullText")]
    [InlineData("""{"nullText":"a\nb"}""", "options.nullText")]
    [InlineData("""{"nullText":"no,thing"}""", "options.nullText")]
    [InlineData("""{"nullText":"x|y"}""", "options.nullText")]
    [InlineData("""{"nullText":"n/a;=1"}""", "options.nullText")]
    [InlineData("""{"nullText":"x^y","delimiter":"^"}""", "options.nullText")]
    [InlineData("""{"nullText":"123456789012345678901234567890123"}""", "options.nullText")]
    [InlineData("""{"dateFormat":"d"}""", "options.dateFormat")]
    [InlineData("""{"dateFormat":""}""", "options.dateFormat")]
    [InlineData("""{"dateFormat":"yyyyMMdd HH"}""", "options.dateFormat")]
    [InlineData("""{"dateFormat":"dddd dd"}""", "options.dateFormat")]
    [InlineData("""{"dateFormat":"dd'/'MM"}""", "options.dateFormat")]
    [InlineData("""{"dateFormat":"dd\\MM"}""", "options.dateFormat")]
    [InlineData("""{"dateFormat":"%d"}""", "options.dateFormat")]
    [InlineData("""{"dateFormat":"dd,MM"}""", "options.dateFormat")]
    [InlineData("""{"dateFormat":"-dd"}""", "options.dateFormat")]
    [InlineData("""{"dateFormat":"dd/mm/yyyy"}""", "options.dateFormat")]
    [InlineData("""{"dateFormat":"dd/MM/yyyy dd/MM/yyyy dd/MM/yyyy dd/MM/yyyy"}""", "options.dateFormat")]
    [InlineData("""{"timestampFormat":"O"}""", "options.timestampFormat")]
    [InlineData("""{"timestampFormat":"zzz HH:mm"}""", "options.timestampFormat")]
    [InlineData("""{"timestampFormat":"hh:mm"}""", "options.timestampFormat")]
    [InlineData("""{"timestampFormat":"HH:mm:ss.ffffffff"}""", "options.timestampFormat")]
    [InlineData("""{"timestampFormat":"HH:mm 'Z'"}""", "options.timestampFormat")]
    [InlineData("""{"timestampFormat":"HH:mm\nss"}""", "options.timestampFormat")]
    [InlineData("""{"timeFormat":"H"}""", "options.timeFormat")]
    [InlineData("""{"timeFormat":"dd HH:mm"}""", "options.timeFormat")]
    [InlineData("""{"timeFormat":"HH:mm zzz"}""", "options.timeFormat")]
    [InlineData("""{"timeFormat":"hh:mm"}""", "options.timeFormat")]
    [InlineData("""{"timeFormat":":HH"}""", "options.timeFormat")]
    [InlineData("""{"quoting":"none"}""", "options.quoting")]
    [InlineData("""{"quoting":true}""", "options.quoting")]
    [InlineData("""{"compression":"zip"}""", "options.compression")]
    [InlineData("""{"compression":true}""", "options.compression")]
    public void Read_NamesTheField_WhenAValueIsWrong(string json, string field)
    {
        var errors = new FieldErrors();

        WriterOptionsReader.Read(JsonDocument.Parse(json).RootElement, "csv", errors);

        Assert.Equal([field], errors.ByField.Keys);
    }

    [Fact]
    public void Read_SaysWhatToDo_WhenACulturesSignIsTheDelimiter()
    {
        var errors = new FieldErrors();

        WriterOptionsReader.Read(JsonDocument.Parse("""{"culture":"el-GR","delimiter":","}""").RootElement, "csv", errors);

        Assert.Equal(
            "Must differ from the decimal sign, which is a comma in el-GR; leave it out, or add \"decimalSeparator\": \".\".",
            errors.ByField["options.delimiter"].Single());
    }

    [Theory]
    [InlineData("""{"culture":"el-GR"}""", "a;1,50;-;2026-03-04;2026-03-04T05:06:07Z\r\n")]
    [InlineData("""{"culture":"en-US"}""", "a,1.50,-,2026-03-04,2026-03-04T05:06:07Z\r\n")]
    [InlineData("""{"culture":"de-DE","decimalSeparator":"."}""", "a;1.50;-;2026-03-04;2026-03-04T05:06:07Z\r\n")]
    [InlineData("""{"culture":"el-GR","delimiter":"\t"}""", "a\t1,50\t-\t2026-03-04\t2026-03-04T05:06:07Z\r\n")]
    [InlineData("""{"lineEnding":"lf","quoting":"all"}""", "\"a\",\"1.50\",-,\"2026-03-04\",\"2026-03-04T05:06:07Z\"\n")]
    [InlineData("""{"quoting":"nonNumeric"}""", "\"a\",1.50,-,\"2026-03-04\",\"2026-03-04T05:06:07Z\"\r\n")]
    [InlineData("""{"dateFormat":"dd/MM/yyyy","timestampFormat":"d/M/yy h:mm tt"}""", "a,1.50,-,04/03/2026,4/3/26 5:06 AM\r\n")]
    [InlineData("""{"dateFormat":"d MMMM yyyy","timestampFormat":"HH:mm:ss.fff"}""", "a,1.50,-,4 March 2026,05:06:07.000\r\n")]
    public async Task Write_ObeysTheOptions_AsTheRequestGivesThem(string json, string record)
    {
        var columns = new[]
        {
            SampleRows.Column("a", "A", ColumnType.Text),
            SampleRows.Column("b", "B", ColumnType.Decimal, scale: 2),
            SampleRows.Column("c", "C", ColumnType.Integer),
            SampleRows.Column("d", "D", ColumnType.Date), SampleRows.Column("e", "E", ColumnType.Timestamp),
        };
        var options = ReadWell(json) with { NullText = "-" };

        var text = await WriteAsync(
            SampleRows.Layout(columns, options),
            ["a", 1.5m, null, new DateOnly(2026, 3, 4), new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc)]);

        Assert.EndsWith(record, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "x", ",\"\",x\r\n")]
    [InlineData("NULL", "NULL", "NULL,\"\",\"NULL\"\r\n")]
    [InlineData("-", "-", "-,\"\",\"-\"\r\n")]
    [InlineData(@"\N", @"\N", "\\N,\"\",\"\\N\"\r\n")]
    public async Task Write_TellsNullsFromTexts_WithAnyNullText(string nullText, string text, string record)
    {
        var columns = Enumerable.Range(0, 3).Select(i => SampleRows.Column("c" + i, "C", ColumnType.Text)).ToArray();
        var options = new WriterOptions { NullText = nullText.Length == 0 ? null : nullText };

        var written = await WriteAsync(SampleRows.Layout(columns, options), [null, "", text]);

        Assert.EndsWith("\r\n" + record, written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "At,L", "2026-03-04T07:06:07+02:00,2026-03-04T05:06:07")]
    [InlineData("""{"timestampFormat":"dd/MM/yyyy HH:mm"}""", "At (Europe/Athens),L", "04/03/2026 07:06,04/03/2026 05:06")]
    [InlineData("""{"timestampFormat":"dd/MM/yyyy HH:mm zzz"}""", "At (Europe/Athens),L", "04/03/2026 07:06 +02:00,04/03/2026 05:06")]
    [InlineData("""{"timestampFormat":"H zzz"}""", "At (Europe/Athens),L", "7 +02:00,5")]
    [InlineData("""{"timestampFormat":"dd/MM/yyyy HH:mm","profile":"raw"}""", "at,l", "04/03/2026 07:06,04/03/2026 05:06")]
    public async Task Write_NamesTheZoneInTheHeading_WhenTimestampsHaveAFormat(string json, string header, string record)
    {
        var columns = new[] { SampleRows.Column("at", "At", ColumnType.Timestamp), SampleRows.Column("l", "L", ColumnType.LocalTimestamp) };
        var layout = SampleRows.Layout(
            columns, ReadWell(json) with { ByteOrderMark = false }, TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens"));

        var text = await WriteAsync(layout, [new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc), new DateTime(2026, 3, 4, 5, 6, 7)]);

        Assert.Equal($"{header}\r\n{record}\r\n", text);
    }

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm:ss.fffffff", "9999-12-31 23:59:59.9999999", 1)]
    [InlineData("yyyy-MM-dd HH:mm zzz", "9999-12-31 23:59 +00:00", 0)]
    public async Task Write_GivesTheNearestTime_AtTheEndOfTheCalendar(string pattern, string field, int capped)
    {
        var columns = new[] { SampleRows.Column("at", "At", ColumnType.Timestamp) };
        var layout = SampleRows.Layout(
            columns,
            new WriterOptions { TimestampFormat = pattern, Profile = InjectionProfile.Raw },
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens"));

        var (output, warnings) = await SampleRows.WriteAsync(
            new CsvFormat(), layout, [[DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)]]);

        Assert.Equal($"at\r\n{field}\r\n", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(capped, warnings.Where(warning => warning.Code == "date_capped").Sum(warning => warning.Count));
    }

    [Fact]
    public async Task Write_GivesTimes_InTheirFormat()
    {
        var columns = new[] { SampleRows.Column("t", "T", ColumnType.Time) };

        var text = await WriteAsync(SampleRows.Layout(columns, ReadWell("""{"timeFormat":"h:mm tt"}""")), [new TimeOnly(15, 9, 26)]);

        Assert.EndsWith("\r\n3:09 PM\r\n", text, StringComparison.Ordinal);
    }

    private static async Task<string> WriteAsync(FileLayout layout, object?[] row)
    {
        var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), layout, [row]);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static WriterOptions ReadWell(string json)
    {
        var errors = new FieldErrors();
        var options = WriterOptionsReader.Read(JsonDocument.Parse(json).RootElement, "csv", errors);
        Assert.True(errors.IsEmpty, string.Join(' ', errors.ByField.Keys));
        return options;
    }
}
