using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ExportFunctions.Datasets.Filters;

/// <summary>Reads the values of comparisons from JSON by the column's type, and compares them the way databases are made to.</summary>
internal static class FilterValues
{
    /// <summary>The most UTF-16 characters of a text value.</summary>
    public const int MaxTextLength = 4_000;

    private static readonly string[] WithOffset =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'",
    ];

    private static readonly string[] WithoutOffset =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd",
    ];

    private static readonly string[] OfDay = ["HH:mm", "HH:mm:ss.FFFFFFF"];

    /// <summary>Reads one value; null when it does not fit, with the fault in words.</summary>
    /// <param name="element">The JSON value.</param>
    /// <param name="type">The column's type.</param>
    /// <param name="fault">What would be right.</param>
    public static object? Read(JsonElement element, ColumnType type, out string fault)
    {
        if (element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            fault = "must not be null; the operator isNull finds empty values.";
            return null;
        }

        fault = "";
        return type switch
        {
            ColumnType.Integer => Integer(element, out fault),
            ColumnType.Decimal => Decimal(element, out fault),
            ColumnType.Boolean => Boolean(element, out fault),
            ColumnType.Date => Date(element, out fault),
            ColumnType.Timestamp => Timestamp(element, out fault),
            ColumnType.LocalTimestamp => LocalTimestamp(element, out fault),
            ColumnType.Time => Time(element, out fault),
            _ => Text(element, out fault),
        };
    }

    /// <summary>Compares two values of one type; text by its UTF-8 bytes.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">A value of the same CLR type.</param>
    public static int Compare(object left, object right) => left is string text
        ? Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes((string)right))
        : ((IComparable)left).CompareTo(right);

    private static long? Integer(JsonElement element, out string fault)
    {
        fault = "must be a whole number of 64 bits, without quotes or decimals.";
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var value) ? value : null;
    }

    private static decimal? Decimal(JsonElement element, out string fault)
    {
        fault = "must be a number, or a number in quotes such as \"12.50\", of at most 28 digits.";
        return element.ValueKind switch
        {
            JsonValueKind.Number when element.TryGetDecimal(out var value) => value,
            JsonValueKind.String when TryGetText(element, out var text)
                && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) => value,
            _ => null,
        };
    }

    private static bool? Boolean(JsonElement element, out string fault)
    {
        fault = "must be true or false, without quotes.";
        return element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
    }

    private static DateOnly? Date(JsonElement element, out string fault)
    {
        fault = "must be a date in the form \"yyyy-MM-dd\".";
        return TryGetText(element, out var text)
            && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;
    }

    private static DateTime? Timestamp(JsonElement element, out string fault)
    {
        fault = "must be a time in ISO 8601 with its offset, such as \"2026-03-01T08:30:00Z\" or \"2026-03-01T10:30:00+02:00\".";
        if (!TryGetText(element, out var text))
            return null;

        if (DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value))
            return value.UtcDateTime;

        if (DateTime.TryParseExact(text, WithoutOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            fault = "has no offset; add Z or one such as +02:00: \"2026-03-01T08:30:00Z\".";

        return null;
    }

    private static DateTime? LocalTimestamp(JsonElement element, out string fault)
    {
        fault = "must be a date and time without a zone, such as \"2026-03-01T08:30:00\".";
        if (!TryGetText(element, out var text))
            return null;

        if (DateTime.TryParseExact(text, WithoutOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value))
            return value;

        if (DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            fault = "must have no offset, since the column's times have no zone: \"2026-03-01T08:30:00\".";

        return null;
    }

    private static TimeOnly? Time(JsonElement element, out string fault)
    {
        fault = "must be a time of day such as \"08:30\" or \"08:30:15.5\".";
        return TryGetText(element, out var text)
            && TimeOnly.TryParseExact(text, OfDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;
    }

    private static string? Text(JsonElement element, out string fault)
    {
        fault = "must be a text in quotes.";
        if (element.ValueKind != JsonValueKind.String)
            return null;

        if (!TryGetText(element, out var text))
            fault = "must be valid Unicode; it has half of a surrogate pair.";
        else if (text.Length > MaxTextLength)
            fault = $"must have at most 4,000 characters.";
        else if (text.Contains('\0', StringComparison.Ordinal))
            fault = "must not contain the NUL character.";
        else
            return text;

        return null;
    }

    /// <summary>The text of a JSON string; false for another kind, or for escapes that are half of a surrogate pair.</summary>
    /// <param name="element">The JSON value.</param>
    /// <param name="text">The text.</param>
    public static bool TryGetText(JsonElement element, out string text)
    {
        text = "";
        if (element.ValueKind != JsonValueKind.String)
            return false;

        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // An escape such as "\ud800" alone: valid JSON, but no text.
            return false;
        }
    }
}
