using System.Text.Json;

namespace ExportFunctions.Formats.Csv;

/// <summary>
/// The part of .NET's custom date formats that a request may use. It is one meaning per letter, in the invariant culture, without
/// quoted text and escapes: nothing in it needs quotes in a file, or could begin a formula.
/// </summary>
internal static class CsvPattern
{
    /// <summary>The most bytes that a value takes in any pattern.</summary>
    public const int MaxBytes = 128;

    public const string ExpectedOfDates =
        "Must be 2 to 40 characters such as \"dd/MM/yyyy\": d dd M MM MMM MMMM yy yyyy with / - . : and spaces between, beginning with one of them.";

    public const string ExpectedOfTimestamps =
        "Must be 2 to 40 characters such as \"dd/MM/yyyy HH:mm:ss\": d dd M MM MMM MMMM yy yyyy H HH h hh m mm s ss f to fffffff F to FFFFFFF tt zzz and T, "
        + "with / - . : and spaces between, beginning with a day, month, year or hour; h and hh need tt.";

    private static readonly string[] DateParts = ["d", "dd", "M", "MM", "MMM", "MMMM", "yy", "yyyy"];
    private static readonly string[] TimeParts = ["H", "HH", "h", "hh", "m", "mm", "s", "ss", "tt", "zzz", "T"];

    public static string? Read(JsonElement value, bool withTime)
    {
        // One letter alone would name one of .NET's standard formats.
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: >= 2 and <= 40 } pattern)
            return null;

        return "dMyHh".Contains(pattern[0], StringComparison.Ordinal) && HasRightParts(pattern, withTime) ? pattern : null;
    }

    private static bool HasRightParts(string pattern, bool withTime)
    {
        for (var i = 0; i < pattern.Length;)
        {
            var start = i;
            while (i < pattern.Length && pattern[i] == pattern[start])
                i++;

            if (!IsSign(pattern[start]) && !IsPart(pattern[start..i], withTime))
                return false;
        }

        return !pattern.Contains('h', StringComparison.Ordinal) || pattern.Contains("tt", StringComparison.Ordinal);
    }

    private static bool IsSign(char sign) => sign is '/' or '-' or '.' or ':' or ' ';

    private static bool IsPart(string part, bool withTime) =>
        DateParts.Contains(part, StringComparer.Ordinal)
        || (withTime && (TimeParts.Contains(part, StringComparer.Ordinal) || (part[0] is 'f' or 'F' && part.Length <= 7)));
}
