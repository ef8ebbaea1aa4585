using System.Globalization;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Filters;

/// <summary>
/// Reads a filter from JSON and validates it against a dataset, reporting every error by its path. One reader reads one filter.
/// </summary>
/// <param name="dataset">
/// The dataset whose columns are valid; null when unknown: then everything else is checked, and no filter is returned.
/// </param>
/// <param name="errors">Receives the errors.</param>
internal sealed class FilterReader(Dataset? dataset, FieldErrors errors)
{
    /// <summary>The maximum depth of <c>and</c>, <c>or</c> and <c>not</c>, including the comparison.</summary>
    public const int DeepestLevel = 32;

    /// <summary>The maximum number of comparisons in a filter.</summary>
    public const int MaxComparisons = 500;

    private static readonly string[] Combinations = ["and", "or", "not"];

    private static readonly JsonShape Condition =
        new([.. ComparisonReader.Fields, .. Combinations], "{\"column\": \"year\", \"op\": \"ge\", \"value\": 3}") { NullIsValue = true };

    private static readonly string ExpectedParts = FieldMessages.List("one or more conditions", $"[{Condition.Example}]");

    private readonly ComparisonReader _comparisons = new(dataset);
    private int _comparisonCount;

    /// <summary>Reads a filter; null when it has errors.</summary>
    /// <param name="element">The JSON.</param>
    /// <param name="path">The filter's path in the request, such as <c>filter</c>.</param>
    public Filter? Read(JsonElement element, string path) => Read(element, path, level: 1);

    private Filter? Read(JsonElement element, string path, int level)
    {
        if (level > DeepestLevel)
            return Fail(path, $"Is nested more than {DeepestLevel} levels deep.");

        if (JsonFields.Open(element, Condition, errors, path) is not { } fields)
            return null;

        if (Array.Find(Combinations, name => fields.Given(name) is not null) is not { } combination)
            return ReadComparison(fields, path);

        var isAlone = Condition.Names.All(name => name == combination || fields.Given(name) is null);
        if (!isAlone)
            Fail(path, $"Has \"{combination}\" beside other fields. A condition is one of and, or, not and a comparison.");

        var part = fields.Given(combination)!.Value;
        var partPath = fields.PathOf(combination);
        Filter? filter = combination switch
        {
            "and" => ReadParts(part, partPath, level) is { } parts ? new AllOf(parts) : null,
            "or" => ReadParts(part, partPath, level) is { } parts ? new AnyOf(parts) : null,
            _ => Read(part, partPath, level + 1) is { } turned ? new Not(turned) : null,
        };
        return isAlone && fields.IsFine ? filter : null;
    }

    private List<Filter>? ReadParts(JsonElement element, string path, int level)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0)
        {
            errors.Add(path, ExpectedParts);
            return null;
        }

        var parts = new List<Filter>();
        var position = 0;
        foreach (var item in element.EnumerateArray())
        {
            var part = Read(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{position++}]"), level + 1);
            if (part is not null)
                parts.Add(part);

            // Beyond the limit nothing is validated: the rest may be as long as the request allows.
            if (_comparisonCount > MaxComparisons)
                return null;
        }

        return parts.Count == position ? parts : null;
    }

    private Filter? ReadComparison(JsonFields fields, string path)
    {
        if (++_comparisonCount <= MaxComparisons)
            return _comparisons.Read(fields);

        // Reported once; the callers stop reading.
        return Fail(
            path, $"Is more than the {MaxComparisons} comparisons a filter may have; a long list of values is one comparison with \"in\".");
    }

    private Filter? Fail(string path, string message)
    {
        errors.Add(path, message);
        return null;
    }
}
