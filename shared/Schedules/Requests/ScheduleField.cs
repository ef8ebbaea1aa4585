using System.Globalization;
using System.Text.Json;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;

namespace ExportFunctions.Schedules.Requests;

/// <summary>Reads the plain fields of a schedule. A field that is missing or null takes its default.</summary>
internal sealed class ScheduleField(JsonElement body, FieldErrors errors)
{
    // Around the ends of time no clock of a zone fits a date; cron expressions are followed until 2499.
    private const int MinYear = 2000;
    private const int MaxYear = 2399;

    private static readonly string[] InstantForms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public JsonElement? Given(string name) => body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string? Text(string name, int maxLength, string example)
    {
        if (Given(name) is not { } value)
        {
            errors.Add(name, $"Required: a text of 1 to {maxLength} characters, such as \"{example}\".");
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text
            && text.Length <= maxLength && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl))
            return text;

        errors.Add(name, $"Must be a text of 1 to {maxLength} characters without control characters, such as \"{example}\".");
        return null;
    }

    public bool Flag(string name, bool otherwise)
    {
        if (Given(name) is not { } value)
            return otherwise;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();

        errors.Add(name, $"Must be true or false, such as {(otherwise ? "true" : "false")}.");
        return otherwise;
    }

    public int Count(string name, int max, int otherwise)
    {
        if (Given(name) is not { } value)
            return otherwise;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 1 && count <= max)
            return count;

        errors.Add(name, $"Must be a whole number from 1 to {max}, such as {otherwise}.");
        return otherwise;
    }

    public DateTimeOffset? Instant(string name)
    {
        if (Given(name) is not { } value)
            return null;

        // Without an offset a time would be a guess between the schedule's zone and UTC.
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && HasOffset(text)
            && DateTimeOffset.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var instant))
        {
            if (instant.Year is >= MinYear and <= MaxYear)
                return instant;

            errors.Add(
                name, $"Must lie in the years {MinYear} to {MaxYear}, such as \"2027-01-01T00:00:00Z\". Leave it out for no such limit.");
            return null;
        }

        errors.Add(name, "Must be a time in ISO 8601 with its offset, such as \"2027-01-01T00:00:00+02:00\" or \"2026-12-31T22:00:00Z\".");
        return null;
    }

    public MisfirePolicy Misfire(string name)
    {
        if (Given(name) is not { } value)
            return MisfirePolicy.RunOnce;

        foreach (var policy in Enum.GetValues<MisfirePolicy>())
        {
            if (value.ValueKind == JsonValueKind.String && string.Equals(value.GetString(), policy.Name(), StringComparison.Ordinal))
                return policy;
        }

        errors.Add(name, $"Must be one of {string.Join(", ", Enum.GetValues<MisfirePolicy>().Select(ScheduleNames.Name))}, such as \"{MisfirePolicy.RunOnce.Name()}\".");
        return MisfirePolicy.RunOnce;
    }

    private static bool HasOffset(string text) => text is [.., 'Z'] or [.., '+' or '-', _, _, ':', _, _];
}
