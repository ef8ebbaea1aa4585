using System.Globalization;
using System.Text.Json;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Monitoring.Alerts;

/// <summary>Reads and checks rules, field by field, and says everything that is wrong at once.</summary>
public sealed class AlertRuleReader(DatasetCatalog datasets, FormatCatalog formats)
{
    private const int MaxNameLength = 100;
    private const int MaxLast = 100;

    private static readonly TimeSpan MaxQuiet = TimeSpan.FromDays(7);
    private static readonly string[] Fields = ["name", "metric", "threshold", "dataset", "format", "last", "quietPeriod", "enabled"];

    /// <summary>Reads a rule.</summary>
    /// <param name="body">The body.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <returns>The rule; null when anything is wrong.</returns>
    public AlertRuleRequest? Read(JsonElement body, FieldErrors errors)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors.Add("", "The body must be a JSON object such as {\"name\": \"Slow exports\", \"metric\": \"duration\", \"threshold\": 60}.");
            return null;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in body.EnumerateObject())
        {
            if (!Fields.Contains(property.Name, StringComparer.Ordinal))
                errors.Add(property.Name, $"Unknown field. The fields are {string.Join(", ", Fields)}.");
            else if (!seen.Add(property.Name))
                errors.Add(property.Name, $"The field is given twice. Keep one {property.Name}.");
        }

        var metric = ReadMetric(Given(body, "metric"), errors);
        var request = new AlertRuleRequest(
            ReadName(Given(body, "name"), errors),
            metric ?? default,
            ReadThreshold(Given(body, "threshold"), metric, errors),
            ReadKnown(Given(body, "dataset"), "dataset", [.. datasets.Datasets.Select(dataset => dataset.Name)], text => datasets.Find(text)?.Name, errors),
            ReadKnown(Given(body, "format"), "format", formats.Names, text => formats.Find(text)?.Name, errors),
            ReadLast(Given(body, "last"), metric, errors),
            ReadQuiet(Given(body, "quietPeriod"), errors),
            ReadFlag(Given(body, "enabled"), errors));
        return errors.IsEmpty ? request : null;
    }

    private static JsonElement? Given(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string ReadName(JsonElement? given, FieldErrors errors)
    {
        if (given is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && text.Length <= MaxNameLength && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl))
            return text;

        errors.Add("name", $"{(given is null ? "Required:" : "Must be")} a text of 1 to {MaxNameLength} characters without control characters, such as \"Slow exports\".");
        return "";
    }

    private static AlertMetric? ReadMetric(JsonElement? given, FieldErrors errors)
    {
        if (given is { ValueKind: JsonValueKind.String } value && AlertMetrics.Parse(value.GetString()) is { } metric)
            return metric;

        errors.Add("metric", $"{(given is null ? "Required:" : "Must be")} one of {string.Join(", ", AlertMetrics.Names)}, such as \"duration\".");
        return null;
    }

    private static double ReadThreshold(JsonElement? given, AlertMetric? metric, FieldErrors errors)
    {
        if (given is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var threshold) && threshold > 0 && threshold <= (metric == AlertMetric.FailureRate ? 1 : 1e15))
            return threshold;

        var what = metric switch
        {
            AlertMetric.FailureRate => "a share above 0 and up to 1, such as 0.2",
            AlertMetric.FileSize => "a number of bytes above 0, such as 100000000",
            AlertMetric.RowsPerSecond => "a number of records a second above 0, such as 1000",
            AlertMetric.Duration or AlertMetric.QueueWait => "a number of seconds above 0, such as 60",
            _ => "a number above 0, such as 60",
        };
        errors.Add("threshold", $"{(given is null ? "Required:" : "Must be")} {what}.");
        return 0;
    }

    private static string? ReadKnown(JsonElement? given, string field, IReadOnlyList<string> known, Func<string, string?> find, FieldErrors errors)
    {
        if (given is null)
            return null;
        if (given is { ValueKind: JsonValueKind.String } value && find(value.GetString()!) is { } name)
            return name;

        errors.Add(field, $"Must be one of {string.Join(", ", known)}, such as \"{known[0]}\"; leave it out to watch all.");
        return null;
    }

    private static int ReadLast(JsonElement? given, AlertMetric? metric, FieldErrors errors)
    {
        if (given is null)
            return 20;
        if (metric is not null and not AlertMetric.FailureRate)
            errors.Add("last", "Goes with the metric failureRate only. Leave it out.");
        else if (given is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var last) && last is >= 1 and <= MaxLast)
            return last;
        else
            errors.Add("last", $"Must be a whole number of exports from 1 to {MaxLast}, such as 20.");
        return 20;
    }

    private static TimeSpan ReadQuiet(JsonElement? given, FieldErrors errors)
    {
        if (given is null)
            return TimeSpan.FromHours(1);
        if (given is { ValueKind: JsonValueKind.String } value
            && TimeSpan.TryParseExact(value.GetString(), ["hh\\:mm\\:ss", "d\\.hh\\:mm\\:ss"], CultureInfo.InvariantCulture, out var quiet) && quiet <= MaxQuiet)
            return quiet;

        errors.Add("quietPeriod", "Must be a duration from 00:00:00 to 7.00:00:00, such as \"01:00:00\".");
        return default;
    }

    private static bool ReadFlag(JsonElement? given, FieldErrors errors)
    {
        if (given is null)
            return true;
        if (given is { ValueKind: JsonValueKind.True or JsonValueKind.False } value)
            return value.GetBoolean();

        errors.Add("enabled", "Must be true or false, such as true.");
        return true;
    }
}
