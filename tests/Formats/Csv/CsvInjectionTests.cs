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
        { "+30 210 1234567", "'+30 210 1234567" },
        { "-5", "'-5" },
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
    };

    public static readonly TheoryData<string> Harmless = ["a=1", "1+1", "'=1", "Ελένη", "Ωmega", "1-2", "a@b.c", " padded", "*", "(1)", "é", "山", "👩‍🎓", "#N/A"];

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

        Assert.Equal(text, record);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("-5")]
    [InlineData("\tx")]
    public async Task Write_LeavesFormulasAlone_InTheRawProfile(string text)
    {
        var record = await RecordAsync(text, InjectionProfile.Raw);

        Assert.Equal(text, record);
    }

    [Fact]
    public async Task Write_DefusesIdentifiersAndHeaders_ButNotTypedNumbers()
    {
        var columns = new[] { SampleRows.Column("c", "=Code", ColumnType.Identifier), SampleRows.Column("n", "-N", ColumnType.Integer), SampleRows.Column("d", "D", ColumnType.Decimal, scale: 1) };

        var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), SampleRows.Layout(columns, new FormatOptions { ByteOrderMark = false }), [["+30", -5L, -1.5m]]);

        Assert.Equal("'=Code,'-N,D\r\n'+30,-5,-1.5\r\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task Write_ReplacesAndCountsNuls_InTheSafeProfileOnly()
    {
        var columns = new[] { SampleRows.Column("t", "T", ColumnType.Text) };
        object?[][] rows = [["a\0b\0"], ["c"], ["\0"]];

        var (safe, counted) = await SampleRows.WriteAsync(new CsvFormat(), SampleRows.Layout(columns, new FormatOptions { ByteOrderMark = false }), rows);
        var (raw, none) = await SampleRows.WriteAsync(new CsvFormat(), SampleRows.Layout(columns, new FormatOptions { Profile = InjectionProfile.Raw }), rows);

        Assert.Equal("T\r\na\uFFFDb\uFFFD\r\nc\r\n\uFFFD\r\n", Encoding.UTF8.GetString(safe.ToArray()));
        Assert.Equal(2, Assert.Single(counted, warning => warning.Code == "characters_replaced").Count);
        Assert.Equal("t\r\na\0b\0\r\nc\r\n\0\r\n", Encoding.UTF8.GetString(raw.ToArray()));
        Assert.Empty(none);
    }

    private static async Task<string> RecordAsync(string text, InjectionProfile profile)
    {
        var columns = new[] { SampleRows.Column("t", "t", ColumnType.Text) };
        var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), SampleRows.Layout(columns, new FormatOptions { Profile = profile, ByteOrderMark = false }), [[text]]);
        return Encoding.UTF8.GetString(output.ToArray())["t\r\n".Length..^2];
    }
}
