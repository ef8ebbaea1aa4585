using System.Globalization;
using System.Text;
using ExportFunctions.Formats.Pdf.Text.Bidi;

namespace ExportFunctions.Tests.Formats.Pdf.Text.Bidi;

public sealed class BidiParagraphTests
{
    // From Debian's package unicode-data: over 90,000 cases that exercise every rule.
    private const string OfficialCases = "/usr/share/unicode/BidiCharacterTest.txt";

    // In the form of that file: code points; paragraph direction (2 is automatic); paragraph level; levels, x for what rule X9 takes out.
    [Theory]
    [InlineData("0061 0028 0062 0029 0063;1;1;2 2 2 2 2")]
    [InlineData("05D0 0028 0062 0029 05D1;2;1;1 1 2 1 1")]
    [InlineData("0061 0020 05D0 0020 0031 0032;2;0;0 0 1 1 2 2")]
    [InlineData("0627 0020 0031 002C 0032;2;1;1 1 2 2 2")]
    [InlineData("05D0 0020 0024 0031 0030 0025;2;1;1 1 2 2 2 2")]
    [InlineData("0061 2067 0062 2069 0063;2;0;0 0 2 0 0")]
    [InlineData("2068 05D0 2069 0061;2;0;0 1 0 0")]
    [InlineData("0061 202E 0062 0063 202C 0064;2;0;0 x 1 1 x 0")]
    [InlineData("05D0 005B 0300 0061 005D;2;1;1 1 1 2 1")]
    [InlineData("05D0 0061 0020;2;1;1 2 1")]
    [InlineData("05D0 2329 0061 3009;2;1;1 1 2 1")]
    public void Resolve_FollowsTheRules(string official) => Assert.Equal(Expected(official), Actual(official));

    [Exhaustive]
    [Fact]
    public void Resolve_AgreesWithEveryOfficialCase()
    {
        if (!File.Exists(OfficialCases))
            Assert.Skip("The package unicode-data is not installed.");

        var paragraph = new BidiParagraph();
        var wrong = File.ReadLines(OfficialCases).Where(
            line => line.Length > 0 && line[0] != '#').Where(line => Actual(line, paragraph) != Expected(line)).Take(5);

        Assert.Empty(wrong);
    }

    private static string Expected(string line)
    {
        var fields = line.Split(';');
        return $"{fields[2]}: {fields[3]}";
    }

    private static string Actual(string line, BidiParagraph? paragraph = null)
    {
        var fields = line.Split(';');
        Rune[] runes =
            [.. fields[0].Split(' ').Select(code => new Rune(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))];
        var levels = new byte[runes.Length];
        paragraph ??= new BidiParagraph();
        paragraph.Resolve(runes, levels, fields[1] == "2" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture));
        paragraph.SetLineEnds(levels, start: 0);
        var shown = runes.Select(
            (rune, i) => BidiClasses.IsRemoved(BidiClasses.Of(rune.Value)) ? "x" : levels[i].ToString(CultureInfo.InvariantCulture));
        return $"{paragraph.Level}: {string.Join(' ', shown)}";
    }
}
