using System.Globalization;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Filters;

/// <summary>Reads a filter from JSON and checks it against a dataset, naming every fault by its path. One reader reads one filter.</summary>
/// <param name="dataset">The dataset whose columns may be named; null when it isn't known: then everything else is checked, and no filter comes of it.</param>
/// <param name="errors">Receives what is wrong.</param>
internal sealed class FilterReader(Dataset? dataset, FieldErrors errors)
{
    /// <summary>The most levels of <c>and</c>, <c>or</c> and <c>not</c>, the comparison included.</summary>
    public const int DeepestLevel = 32;

    /// <summary>The most comparisons in one filter.</summary>
    public const int MaxComparisons = 500;

    private readonly ComparisonReader _comparisons = new(dataset, errors);
    private int _comparisonCount;

    /// <summary>Reads a filter; null when something in it is wrong.</summary>
    /// <param name="element">The JSON.</param>
    /// <param name="path">The filter's path in the request, such as <c>filter</c>.</param>
    public Filter? Read(JsonElement element, string path) => Read(element, path, level: 1);

    private Filter? Read(JsonElement element, string path, int level)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return Fail(path, "must be an object: {\"column\", \"op\", \"value\"}, {\"and\": [...]}, {\"or\": [...]} or {\"not\": {...}}.");

        if (level > DeepestLevel)
            return Fail(path, $"is nested more than {DeepestLevel} levels deep.");

        var names = PropertyNames(element);
        var combination = names.Find(name => name is "and" or "or" or "not");
        if (combination is null)
            return ReadComparison(element, names, path);

        if (names.Count > 1)
            Fail(path, $"has \"{combination}\" beside other properties; a condition is one of and, or, not and a comparison.");

        var part = element.GetProperty(combination);
        var partPath = $"{path}.{combination}";
        Filter? filter = combination switch
        {
            "and" => ReadParts(part, partPath, level) is { } parts ? new AllOf(parts) : null,
            "or" => ReadParts(part, partPath, level) is { } parts ? new AnyOf(parts) : null,
            _ => Read(part, partPath, level + 1) is { } turned ? new Not(turned) : null,
        };
        return names.Count > 1 ? null : filter;
    }

    private static List<string> PropertyNames(JsonElement element)
    {
        var names = new List<string>();
        foreach (var property in element.EnumerateObject())
            names.Add(property.Name);

        return names;
    }

    private List<Filter>? ReadParts(JsonElement element, string path, int level)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0)
        {
            errors.Add(path, "must be a list of one or more conditions.");
            return null;
        }

        var parts = new List<Filter>();
        var position = 0;
        foreach (var item in element.EnumerateArray())
        {
            var part = Read(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{position++}]"), level + 1);
            if (part is not null)
                parts.Add(part);

            // What lies beyond the limit is not looked at: the rest may be as long as the request allows.
            if (_comparisonCount > MaxComparisons)
                return null;
        }

        return parts.Count == position ? parts : null;
    }

    private Filter? ReadComparison(JsonElement element, List<string> names, string path)
    {
        if (++_comparisonCount <= MaxComparisons)
            return _comparisons.Read(element, names, path);

        // Said once; the callers stop reading.
        return Fail(
            path, $"is more than the {MaxComparisons} comparisons a filter may have; a long list of values is one comparison with \"in\".");
    }

    private Filter? Fail(string path, string message)
    {
        errors.Add(path, message);
        return null;
    }
}
