using System.Globalization;
using System.Text.Json;

namespace ExportFunctions.Problems;

/// <content>Values of a single type.</content>
public sealed partial class JsonFields
{
    // Near the limits of DateTimeOffset, time zone conversions overflow; cron expressions are evaluated until 2499.
    private const int MinYear = 2000;
    private const int MaxYear = 2399;

    private static readonly string[] InstantForms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>A required single line of text; empty when invalid.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="maxLength">The maximum number of characters.</param>
    /// <param name="example">A valid one.</param>
    public string RequiredText(string name, int maxLength, string example)
    {
        var expected = FieldMessages.Text(maxLength, example);
        if (Required(name, expected) is not { } value)
            return "";
        if (TextOf(value) is { } text && text.Length <= maxLength && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl))
            return text;

        Fail(name, expected);
        return "";
    }

    /// <summary>True or false.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="otherwise">The default when it is missing or invalid.</param>
    public bool Flag(string name, bool otherwise = false)
    {
        if (Given(name) is not { } value)
            return otherwise;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();

        Fail(name, FieldMessages.Flag());
        return otherwise;
    }

    /// <summary>An integer; null when missing or invalid.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="min">The minimum.</param>
    /// <param name="max">The maximum.</param>
    /// <param name="example">A valid one, with any explanation.</param>
    public int? WholeNumber(string name, int min, int max, string example)
    {
        if (Given(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max)
            return number;

        Fail(name, FieldMessages.WholeNumber(min, max, example));
        return null;
    }

    /// <summary>An integer, 0 or more; null when missing or invalid.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="example">A valid one.</param>
    public long? Count(string name, string example)
    {
        if (Given(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0)
            return number;

        Fail(name, FieldMessages.WholeNumber(0, example));
        return null;
    }

    /// <summary>A required number above 0; 0 when invalid.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="max">The maximum.</param>
    /// <param name="expected">What it must be.</param>
    public double RequiredNumber(string name, double max, string expected)
    {
        if (Required(name, expected) is not { } value)
            return 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number > 0 && number <= max)
            return number;

        Fail(name, expected);
        return 0;
    }

    /// <summary>A duration as <c>hh:mm:ss</c>, or <c>d.hh:mm:ss</c> from one day on; null when missing or invalid.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="min">The minimum.</param>
    /// <param name="max">The maximum.</param>
    /// <param name="example">A valid one.</param>
    public TimeSpan? Duration(string name, TimeSpan min, TimeSpan max, TimeSpan example)
    {
        if (Given(name) is not { } value)
            return null;

        string[] forms = max < TimeSpan.FromDays(1) ? ["hh\\:mm\\:ss"] : ["hh\\:mm\\:ss", "d\\.hh\\:mm\\:ss"];
        if (TimeSpan.TryParseExact(TextOf(value), forms, CultureInfo.InvariantCulture, out var duration)
            && duration >= min && duration <= max)
            return duration;

        Fail(name, FieldMessages.Duration(min, max, example));
        return null;
    }

    /// <summary>An instant with a UTC offset, in the years 2000 to 2399; null when missing or invalid.</summary>
    /// <param name="name">The field's name.</param>
    public DateTimeOffset? Instant(string name)
    {
        if (Given(name) is not { } value)
            return null;

        // Without an offset, the time could be in the request's time zone or in UTC.
        if (TextOf(value) is { } text && HasOffset(text)
            && DateTimeOffset.TryParseExact(
                text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var instant))
        {
            if (instant.Year is >= MinYear and <= MaxYear)
                return instant;

            Fail(name, $"Must be in the years {MinYear} to {MaxYear}, such as \"2027-01-01T00:00:00Z\". Leave it out for no such limit.");
            return null;
        }

        Fail(name, "Must be a time in ISO 8601 with its offset, such as \"2027-01-01T00:00:00+02:00\" or \"2026-12-31T22:00:00Z\".");
        return null;
    }

    /// <summary>The text of a JSON string; null for other kinds, and for escapes that form half a surrogate pair.</summary>
    /// <param name="element">The JSON.</param>
    public static string? TextOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // A lone escape such as "\ud800" is valid JSON, but not valid text.
            return null;
        }
    }

    private static bool HasOffset(string text) => text is [.., 'Z'] or [.., '+' or '-', _, _, ':', _, _];
}
