using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Csv;

namespace ExportFunctions.Tests.Formats.Csv;

public sealed class CsvInjectionTests
{
    public static readonly TheoryData<string, string> Defused = new()
    {
        { "=1+1", "'=1+1" },
        { "-1+1", "'-1+1" },
        { "-2*3", "'-2*3" },
        { "+A1", "'+A1" },
        { "--5", "'--5" },
        { "-5:30", "'-5:30" },
        { "+1/2", "'+1/2" },
        { "+30-210-1234567", "'+30-210-1234567" },
        { "+1-800-FLOWERS", "'+1-800-FLOWERS" },
        { "-5 degrees", "'-5 degrees" },
        { "-infinity", "'-infinity" },
        { "=", "'=" },
        { "@SUM(A1)", "'@SUM(A1)" },
        { "\tx", "'\tx" },
        { "\rx", "\"'\rx\"" },
        { "\nx", "\"'\nx\"" },
        { "=\"a\"", "\"'=\"\"a\"\"\"" },
        { "  =1", "'  =1" },
        { "\u00a0=1", "'\u00a0=1" },
        { "\u200b=1", "'\u200b=1" },
        { "\u0001=1", "'\u0001=1" },
        { "\uff1d1", "'\uff1d1" },
        { "\uff20x", "'\uff20x" },
        { "\uff0d5", "'\uff0d5" },
        { "x;=cmd|'/c calc'!A0", "x;'=cmd|'/c calc'!A0" },
        { "x\t=1+1", "x\t'=1+1" },
        { "x|@SUM(A1)", "x|'@SUM(A1)" },
        { "x,=1+1", "\"x,'=1+1\"" },
        { "x; \u00a0=1", "x;' \u00a0=1" },
        { "x;\"=1\"", "\"x;'\"\"=1\"\"\"" },
        { "x;,=1", "\"x;,'=1\"" },
        { "x;\t=1", "x;\t'=1" },
        { "x\n=1\r\n-2+3", "\"x\n'=1\r\n'-2+3\"" },
        { "=1;=2;=3", "'=1;'=2;'=3" },
        { "-5;=1", "'-5;'=1" },
        { "-1,5+cmd|'/c calc'!A0", "\"'-1,5+cmd|'/c calc'!A0\"" },
        { "-5\n+cmd|'/c calc'!A0", "\"'-5\n'+cmd|'/c calc'!A0\"" },
    };

    public static readonly TheoryData<string> Harmless =
    [
        "+30 210 1234567",
        "+306912345678",
        "-12.5",
        "-12,5",
        "-1.234,56",
        "-5",
        "  -5",
        "+30 (210) 1234567",
        "+1 (555) 010-9999",
        "+44\u00a020\u202f7946 0958",
        "-1e5",
        "+1.5E-10",
        "-5%",
        "-",
        "--",
        "+",
        "40.64, -22.94",
        "1;-2;3",
        "a; b",
        "x|y",
        "a;b=c",
        "e.g. a, b and c;d",
        "a=1",
        "1+1",
        "'=1",
        "Ελένη",
        "Ωmega",
        "1-2",
        "a@b.c",
        " padded",
        "*",
        "(1)",
        "é",
        "山",
        "👩‍🎓",
        "#N/A",
    ];

    [Theory]
    [MemberData(nameof(Defused))]
    public async Task Write_PutsAnApostropheBeforeFormulas_InTheSafeProfile(string text, string field)
    {
        var record = await RecordAsync(text, InjectionProfile.Safe);

        Assert.Equal(field, record);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task Write_LeavesOtherTextAlone_InTheSafeProfile(string text)
    {
        var record = await RecordAsync(text, InjectionProfile.Safe);

        Assert.Equal(text.Contains(',', StringComparison.Ordinal) ? $"\"{text}\"" : text, record);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("-5")]
    [InlineData("\tx")]
    [InlineData("x;=1")]
    public async Task Write_LeavesFormulasAlone_InTheRawProfile(string text)
    {
        var record = await RecordAsync(text, InjectionProfile.Raw);

        Assert.Equal(text, record);
    }

    [Fact]
    public async Task Write_DefusesIdentifiersAndHeaders_ButNotTypedNumbers()
    {
        var columns = new[]
        {
            SampleRows.Column("c", "=Code", ColumnType.Identifier),
            SampleRows.Column("n", "-N", ColumnType.Integer),
            SampleRows.Column("d", "D", ColumnType.Decimal, scale: 1),
        };

        var (output, _) = await SampleRows.WriteAsync(
            new CsvFormat(), SampleRows.Layout(columns, new WriterOptions { ByteOrderMark = false }), [["+A30", -5L, -1.5m]]);

        Assert.Equal("'=Code,'-N,D\r\n'+A30,-5,-1.5\r\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task Write_ReplacesAndCountsNuls_InTheSafeProfileOnly()
    {
        var columns = new[] { SampleRows.Column("t", "T", ColumnType.Text) };
        object?[][] rows = [["a\0b\0"], ["c"], ["\0"]];

        var (safe, counted) = await SampleRows.WriteAsync(
            new CsvFormat(), SampleRows.Layout(columns, new WriterOptions { ByteOrderMark = false }), rows);
        var (raw, none) = await SampleRows.WriteAsync(
            new CsvFormat(), SampleRows.Layout(columns, new WriterOptions { Profile = InjectionProfile.Raw }), rows);

        Assert.Equal("T\r\na\uFFFDb\uFFFD\r\nc\r\n\uFFFD\r\n", Encoding.UTF8.GetString(safe.ToArray()));
        Assert.Equal(2, Assert.Single(counted, warning => warning.Code == "characters_replaced").Count);
        Assert.Equal("t\r\na\0b\0\r\nc\r\n\0\r\n", Encoding.UTF8.GetString(raw.ToArray()));
        Assert.Empty(none);
    }

    private static async Task<string> RecordAsync(string text, InjectionProfile profile)
    {
        var columns = new[] { SampleRows.Column("t", "t", ColumnType.Text) };
        var (output, _) = await SampleRows.WriteAsync(
            new CsvFormat(), SampleRows.Layout(columns, new WriterOptions { Profile = profile, ByteOrderMark = false }), [[text]]);
        return Encoding.UTF8.GetString(output.ToArray())["t\r\n".Length..^2];
    }
}
