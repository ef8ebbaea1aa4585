using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Documentation;

/// <summary>A page of the documentation, read for comparison with the code.</summary>
internal sealed class MarkdownPage
{
    private readonly string[] _lines;

    private MarkdownPage(string path)
    {
        Path = path;
        _lines = File.ReadAllLines(path);
    }

    public string Path { get; }

    public static string Root { get; } = Repository.Find().Root;

    /// <summary>Opens a page by its path below the top level.</summary>
    public static MarkdownPage Open(string path) => new(System.IO.Path.Combine(Root, path));

    /// <summary>Every page of this repository.</summary>
    public static IEnumerable<MarkdownPage> All() =>
        new[] { "*.md", "docs/*.md", ".github/*.md" }
            .SelectMany(pattern => Directory.GetFiles(
                System.IO.Path.Combine(Root, System.IO.Path.GetDirectoryName(pattern)!), System.IO.Path.GetFileName(pattern)))
            .Select(path => new MarkdownPage(path));

    /// <summary>The page's lines outside of code blocks.</summary>
    public IEnumerable<string> Prose()
    {
        var isCode = false;
        foreach (var line in _lines)
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (!isCode)
                yield return line;
        }
    }

    /// <summary>The code blocks of a language, without their indent.</summary>
    public IEnumerable<string> Code(string language)
    {
        List<string>? block = null;
        var indent = 0;
        foreach (var line in _lines)
        {
            if (block is not null && line.TrimStart() == "```")
            {
                yield return string.Join('\n', block);
                block = null;
            }
            else if (block is not null)
            {
                block.Add(line.Length >= indent ? line[indent..] : line);
            }
            else if (line.TrimStart() == "```" + language)
            {
                block = [];
                indent = line.Length - line.TrimStart().Length;
            }
        }
    }

    /// <summary>The rows of all tables whose first heading is this one, each as its cells.</summary>
    public IEnumerable<string[]> Rows(string heading)
    {
        var isInside = false;
        foreach (var line in _lines)
        {
            var cells = line.StartsWith("| ", StringComparison.Ordinal)
                ? line.Trim('|', ' ').Split(" |").Select(cell => cell.Trim()).ToArray()
                : [];
            if (cells.Length == 0)
                isInside = false;
            else if (cells[0] == heading)
                isInside = true;
            else if (isInside && cells[0] != "---")
                yield return cells;
        }
    }
}
