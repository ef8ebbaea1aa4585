using System.Text;
using System.Text.RegularExpressions;

namespace ExportFunctions.Tests.Documentation;

/// <summary>Links between pages, and into the repository.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Links_LeadToAFileThatIsThere_AndToAHeadingThatItHas()
    {
        var links =
            from page in MarkdownPage.All()
            from line in page.Prose()
            from match in Link().Matches(CodeSpan().Replace(line, "code"))
            let target = match.Groups["target"].Value
            where !target.Contains(':', StringComparison.Ordinal)
            select (Page: page, Target: target);

        var broken = links.Where(link => !LeadsSomewhere(link.Page, link.Target))
            .Select(link => $"{Path.GetRelativePath(MarkdownPage.Root, link.Page.Path)}: {link.Target}").ToList();

        Assert.Empty(broken);
        Assert.True(links.Count() > 100);
    }

    private static bool LeadsSomewhere(MarkdownPage page, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? page.Path : Path.GetFullPath(parts[0], Path.GetDirectoryName(page.Path)!);
        if (parts.Length == 1)
            return File.Exists(path) || Directory.Exists(path);

        return File.Exists(path) && Anchors(MarkdownPage.Open(path)).Contains(parts[1]);
    }

    private static IEnumerable<string> Anchors(MarkdownPage page) =>
        page.Prose().Where(line => line.StartsWith('#')).Select(line => Anchor(line.TrimStart('#').Trim()));

    /// <summary>What GitHub makes of a heading: lower case, without punctuation, spaces as hyphens.</summary>
    private static string Anchor(string heading)
    {
        var anchor = new StringBuilder();
        foreach (var letter in heading.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter) || letter is '-' or '_')
                anchor.Append(letter);
            else if (letter == ' ')
                anchor.Append('-');
        }

        return anchor.ToString();
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CodeSpan();
}
