using System.Text.RegularExpressions;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Structure;

/// <summary>
/// Lines end at 140 characters. Only a line of code with a text that would suffer by being split, or one between """, may be longer.
/// </summary>
public sealed partial class LineLengthTests
{
    private const int MaxLength = 140;
    private const string RawQuotes = "\"\"\"";

    [Fact]
    public void Lines_EndAt140()
    {
        var root = Repository.Find().Root;
        var tooLong =
            from folder in new[] { "shared", "functions", "local", "tests", "bench" }
            from file in Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
            where !Generated().IsMatch(file)
            from line in TooLongOf(File.ReadAllLines(file))
            select $"{Path.GetRelativePath(root, file)}({line})";

        Assert.Equal([], tooLong);
    }

    [Fact]
    public void ALine_MayBeLongerForItsText_AndForNothingElse()
    {
        var text = new string('x', 150);

        string[] lines =
        [
            $"// {text}", $"/// <see cref=\"{text}\"/>", $"var a = \"{text}\";", $"Call($\"{text} {{b}}\");",
            RawQuotes, text, RawQuotes, $"var {text} = \"\";",
        ];

        Assert.Equal([1, 2, 8], TooLongOf(lines));
    }

    private static IEnumerable<int> TooLongOf(string[] lines)
    {
        var isRaw = false;
        for (var line = 0; line < lines.Length; line++)
        {
            var quotes = lines[line].Split(RawQuotes).Length - 1;
            if (quotes == 0 && !isRaw && lines[line].Length > MaxLength && WithoutTexts(lines[line]).Length > MaxLength)
                yield return line + 1;
            if (quotes % 2 == 1)
                isRaw = !isRaw;
        }
    }

    private static string WithoutTexts(string line) =>
        line.TrimStart().StartsWith("//", StringComparison.Ordinal) ? line : Text().Replace(line, "\"\"");

    [GeneratedRegex(@"[/\\](obj|bin|node_modules)[/\\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Generated();

    [GeneratedRegex("\"([^\"\\\\]|\\\\.)*\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();
}
