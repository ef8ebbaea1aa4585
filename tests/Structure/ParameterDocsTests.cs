using System.Text.RegularExpressions;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Structure;

/// <summary>
/// Whoever documents a parameter in shared/ documents all of them. Only a cancellation token that does what tokens do needs no line, which
/// is why the compiler's own check (CS1573) is off.
/// </summary>
public sealed partial class ParameterDocsTests
{
    private const string Token = "cancellationToken";
    private const int MaxMatchMilliseconds = 10_000;

    [Fact]
    public void Parameters_AreDocumented_WhereOneIs()
    {
        var root = Path.Combine(Repository.Find().Root, "shared");
        var missing =
            from file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            where !Generated().IsMatch(file)
            from fault in MissingIn(File.ReadAllText(file))
            select $"{Path.GetRelativePath(root, file)}: {fault}";

        Assert.Equal([], missing);
    }

    [Fact]
    public void AMissingParameter_IsNamed()
    {
        const string code = """
                /// <summary>Adds.</summary>
                /// <param name="first">One.</param>
                [Pure]
                public Task<(int A, int B)> AddAsync(
                    int first, Func<int, Task<int>> second, string text = "a, b", CancellationToken cancellationToken)
                {
                }

                /// <summary>Adds.</summary>
                public int Sum(int left, int right) => left + right;

                /// <summary>One of many.</summary>
                /// <param name="Name">Its name.</param>
                public sealed record One(string Name, [property: JsonIgnore(Condition = Always)] int Number);
            """;

        Assert.Equal(["second of AddAsync", "text of AddAsync", "Number of One"], MissingIn(code));
    }

    private static IEnumerable<string> MissingIn(string code)
    {
        foreach (Match member in Documented().Matches(code))
        {
            var documented = Named().Matches(member.Groups["doc"].Value).Select(name => name.Groups["name"].Value).ToHashSet();
            if (documented.Count == 0)
                continue;

            foreach (var name in NamesOf(code[(member.Index + member.Length)..]))
            {
                if (name != Token && !documented.Contains(name))
                    yield return $"{name} of {member.Groups["member"].Value}";
            }
        }
    }

    /// <summary>The names of the parameters, from behind the opening parenthesis on.</summary>
    private static IEnumerable<string> NamesOf(string code)
    {
        var (depth, start, isText) = (0, 0, false);
        for (var at = 0; ; at++)
        {
            isText ^= code[at] == '"';
            if (isText)
                continue;

            var isEnd = depth == 0 && code[at] == ')';
            if (isEnd || (depth == 0 && code[at] == ','))
            {
                if (ParameterName().Match(Attribute().Replace(code[start..at], "")) is { Success: true } parameter)
                    yield return parameter.Groups["name"].Value;
                start = at + 1;
            }

            if (isEnd)
                yield break;
            depth += code[at] is '(' or '[' or '{' or '<' ? 1 : code[at] is ')' or ']' or '}' or '>' ? -1 : 0;
        }
    }

    [GeneratedRegex(@"[/\\](obj|bin)[/\\]", RegexOptions.ExplicitCapture, MaxMatchMilliseconds)]
    private static partial Regex Generated();

    // A block of documentation, attributes, and a declaration up to the parenthesis behind its name.
    [GeneratedRegex(
        @"(?<doc>([ \t]*///[^\n]*\n)+)([ \t]*\[[^\n]*\]\n)*[ \t]*(public|internal|protected|private)[^;{=\n]*?\b(?<member>\w+)(<[\w, ]+>)?\(",
        RegexOptions.ExplicitCapture, MaxMatchMilliseconds)]
    private static partial Regex Documented();

    [GeneratedRegex("<param name=\"(?<name>\\w+)\"", RegexOptions.ExplicitCapture, MaxMatchMilliseconds)]
    private static partial Regex Named();

    [GeneratedRegex(@"^\s*\[[^\]]*\]", RegexOptions.ExplicitCapture, MaxMatchMilliseconds)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"(?<name>\w+)\s*(=[^=].*)?$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, MaxMatchMilliseconds)]
    private static partial Regex ParameterName();
}
