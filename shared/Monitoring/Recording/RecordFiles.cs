using System.Globalization;

namespace ExportFunctions.Monitoring.Recording;

/// <summary>The names of record files: <c>yyyy/MM/dd.jsonl</c>, then <c>dd-2.jsonl</c> and so on.</summary>
internal static class RecordFiles
{
    private const string Suffix = ".jsonl";

    /// <summary>The name of a part of a day.</summary>
    public static string NameOf(DateOnly day, int part) => part == 1
        ? $"{PrefixOf(day)}{Suffix}"
        : string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(day)}-{part}{Suffix}");

    /// <summary>The common prefix of a day's files.</summary>
    public static string PrefixOf(DateOnly day) => day.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture);

    /// <summary>The day and part of a name; null when it is not a record file.</summary>
    public static (DateOnly Day, int Part)? Parse(string name)
    {
        if (!name.EndsWith(Suffix, StringComparison.Ordinal) || DayOf(name) is not { } day)
            return null;

        var rest = name.AsSpan(10, name.Length - 10 - Suffix.Length);
        if (rest.IsEmpty)
            return (day, 1);
        return rest[0] == '-' && int.TryParse(
            rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var part) && part > 1 ? (day, part) : null;
    }

    /// <summary>The day that a file name of the container begins with; null when it begins otherwise.</summary>
    public static DateOnly? DayOf(string name) =>
        name.Length >= 10 && DateOnly.TryParseExact(
            name.AsSpan(0, 10), "yyyy'/'MM'/'dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
