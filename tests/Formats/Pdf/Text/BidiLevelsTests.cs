using System.Text;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Tests.Formats.Pdf.Text;

public sealed class BidiLevelsTests
{
    [Theory]
    [InlineData("abc 12", "000000")]
    [InlineData("אבג", "111")]
    [InlineData("אב 12.5 ג", "111222211")]
    [InlineData("ab אב 1 cd", "0001112000")]
    [InlineData("אב cd", "11122")]
    [InlineData("(אב)", "1111")]
    [InlineData("a (אב)", "000110")]
    [InlineData("", "")]
    public void Resolve_FollowsTheLettersAndNumbers(string text, string expected)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        var levels = new byte[runes.Length];

        BidiLevels.Resolve(runes, levels);

        Assert.Equal(expected, string.Concat(levels));
    }
}
