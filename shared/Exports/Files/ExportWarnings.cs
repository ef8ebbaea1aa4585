using System.Globalization;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Files;

/// <summary>Merges the warnings of a file's parts, and limits their number so that they fit in a job's record.</summary>
internal static class ExportWarnings
{
    /// <summary>The maximum number of warnings for a file: further columns with the same flaw share one.</summary>
    public const int MaxWarnings = 20;

    private const int MaxOfCode = 5;

    /// <summary>Sums the counts of warnings of the same kind and column; keys and texts come from the first parts that have them.</summary>
    /// <param name="warnings">The warnings, in the order of the file's parts.</param>
    public static IReadOnlyCollection<ExportWarning> Merge(IEnumerable<ExportWarning> warnings)
    {
        var merged = warnings.GroupBy(warning => (warning.Code, warning.Column)).Select(Sum).ToList();
        return merged.Count <= MaxWarnings ? merged : [.. merged.GroupBy(warning => warning.Code, StringComparer.Ordinal).SelectMany(Few)];
    }

    private static ExportWarning Sum(IEnumerable<ExportWarning> same)
    {
        var all = same.ToList();
        string[] keys = [.. all.SelectMany(warning => warning.FirstKeys ?? []).Take(RowFlaw.MaxKeys)];
        return all[0] with { Count = all.Sum(warning => warning.Count), FirstKeys = keys.Length == 0 ? null : keys };
    }

    private static IEnumerable<ExportWarning> Few(IEnumerable<ExportWarning> ofCode)
    {
        var all = ofCode.OrderByDescending(warning => warning.Count).ToList();
        foreach (var warning in all.Take(MaxOfCode))
            yield return warning;

        if (all.Count > MaxOfCode)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"The same in {all.Count - MaxOfCode} further columns.");
            yield return new ExportWarning(all[0].Code, all.Skip(MaxOfCode).Sum(warning => warning.Count), message);
        }
    }
}
