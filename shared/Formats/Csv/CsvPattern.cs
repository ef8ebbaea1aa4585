using System.Text.Json;

namespace ExportFunctions.Formats.Csv;

/// <summary>
/// The subset of .NET's custom date formats that a request may use. It has one meaning per letter, in the invariant culture, without quoted
/// text and escapes: no result needs quotes in a file, or could begin a formula.
/// </summary>
internal sealed class CsvPattern
{
    /// <summary>Of dates.</summary>
    public static readonly CsvPattern Date = new(
        "Must be 2 to 40 characters of d dd M MM MMM MMMM yy yyyy with / - . : and spaces between, beginning with a day, month or year, "
        + "such as \"dd/MM/yyyy\".",
        first: "dMy",
        DateParts);

    /// <summary>Of times of day.</summary>
    public static readonly CsvPattern Time = new(
        "Must be 2 to 40 characters of H HH h hh m mm s ss f to fffffff F to FFFFFFF tt with / - . : and spaces between, beginning with "
        + "an hour, h and hh only beside tt, such as \"HH:mm\".",
        first: "Hh",
        TimeParts);

    /// <summary>Of timestamps, also local ones.</summary>
    public static readonly CsvPattern Timestamp = new(
        "Must be 2 to 40 characters of d dd M MM MMM MMMM yy yyyy H HH h hh m mm s ss f to fffffff F to FFFFFFF tt zzz and T, with "
        + "/ - . : and spaces between, beginning with a day, month, year or hour, h and hh only beside tt, such as "
        + "\"dd/MM/yyyy HH:mm:ss\".",
        first: "dMyHh",
        [.. DateParts, .. TimeParts, "zzz", "T"]);

    private readonly string _first;
    private readonly string[] _parts;

    private CsvPattern(string expected, string first, string[] parts)
    {
        Expected = expected;
        _first = first;
        _parts = parts;
    }

    /// <summary>An example of a valid pattern.</summary>
    public string Expected { get; }

    private static string[] DateParts => ["d", "dd", "M", "MM", "MMM", "MMMM", "yy", "yyyy"];

    private static string[] TimeParts =>
        ["H", "HH", "h", "hh", "m", "mm", "s", "ss", "tt", .. Enumerable.Range(1, 7).SelectMany(
            count => new[] { new string('f', count), new string('F', count) })];

    /// <summary>Reads a pattern; null when it is invalid.</summary>
    /// <param name="value">The option's value.</param>
    public string? Read(JsonElement value)
    {
        // A single letter would name one of .NET's standard formats.
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: >= 2 and <= 40 } pattern)
            return null;

        return _first.Contains(pattern[0], StringComparison.Ordinal) && HasRightParts(pattern) ? pattern : null;
    }

    /// <summary>A timestamp pattern without the offset and the spaces before it.</summary>
    /// <param name="pattern">The pattern, which is right.</param>
    public static string WithoutOffset(string pattern)
    {
        while (pattern.IndexOf("zzz", StringComparison.Ordinal) is var at and >= 0)
            pattern = pattern[..at].TrimEnd(' ') + pattern[(at + 3)..];

        return pattern.Length == 1 ? "%" + pattern : pattern;
    }

    private bool HasRightParts(string pattern)
    {
        for (var i = 0; i < pattern.Length;)
        {
            var start = i;
            while (i < pattern.Length && pattern[i] == pattern[start])
                i++;

            if (!IsSign(pattern[start]) && !_parts.Contains(pattern[start..i], StringComparer.Ordinal))
                return false;
        }

        return !pattern.Contains('h', StringComparison.Ordinal) || pattern.Contains("tt", StringComparison.Ordinal);
    }

    private static bool IsSign(char sign) => sign is '/' or '-' or '.' or ':' or ' ';
}
