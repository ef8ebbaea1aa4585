using System.Globalization;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Requests;

/// <summary>Reads the <c>retry</c> of a request: <c>{"count": 3, "delay": "00:00:10"}</c>.</summary>
/// <param name="defaults">What is taken for a part that is left out.</param>
internal sealed class RetryPolicyReader(RetryPolicy defaults)
{
    private const string Field = "retry";
    private static readonly string[] Parts = ["count", "delay"];

    /// <summary>Reads the policy; the defaults when there is none, or when anything of it is wrong.</summary>
    public RetryPolicy Read(JsonElement body, FieldErrors errors)
    {
        if (!body.TryGetProperty(Field, out var retry) || retry.ValueKind == JsonValueKind.Null)
            return defaults;
        if (retry.ValueKind != JsonValueKind.Object)
        {
            errors.Add(Field, "Must be an object such as {\"count\": 3, \"delay\": \"00:00:10\"}.");
            return defaults;
        }

        foreach (var group in retry.EnumerateObject().GroupBy(property => property.Name, StringComparer.Ordinal))
        {
            if (!Parts.Contains(group.Key, StringComparer.Ordinal))
                errors.Add($"{Field}.{group.Key}", "Unknown field. The fields are count, delay.");
            else if (group.Skip(1).Any())
                errors.Add($"{Field}.{group.Key}", $"The field is given twice. Keep one {group.Key}.");
        }

        return new RetryPolicy(ReadCount(retry, errors), ReadDelay(retry, errors));
    }

    /// <summary>The policy of a stored request; nothing of it is in doubt any more.</summary>
    public RetryPolicy Of(string requestJson)
    {
        using var body = JsonDocument.Parse(requestJson, ExportRequestReader.JsonOptions);
        return Read(body.RootElement, new FieldErrors());
    }

    private int ReadCount(JsonElement retry, FieldErrors errors)
    {
        if (!retry.TryGetProperty("count", out var value) || value.ValueKind == JsonValueKind.Null)
            return defaults.Count;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count is >= 0 and <= RetryPolicy.MaxRetries)
            return count;

        errors.Add($"{Field}.count", $"Must be a whole number from 0 to {RetryPolicy.MaxRetries}, such as 3; 0 never tries again.");
        return defaults.Count;
    }

    private TimeSpan ReadDelay(JsonElement retry, FieldErrors errors)
    {
        if (!retry.TryGetProperty("delay", out var value) || value.ValueKind == JsonValueKind.Null)
            return defaults.Delay;
        if (value.ValueKind == JsonValueKind.String
            && TimeSpan.TryParseExact(value.GetString(), @"hh\:mm\:ss", CultureInfo.InvariantCulture, out var delay)
            && delay >= RetryPolicy.ShortestDelay && delay <= RetryPolicy.MaxDelay)
            return delay;

        errors.Add($"{Field}.delay", "Must be a pause from 00:00:01 to 01:00:00 as hh:mm:ss, such as \"00:00:10\".");
        return defaults.Delay;
    }
}
