using System.Globalization;
using System.Text;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Filters;

/// <summary>Reads comparison values from JSON by the column's type, and compares them the way the databases do.</summary>
internal static class FilterValues
{
    /// <summary>The maximum length of a text value in UTF-16 characters.</summary>
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

    /// <summary>The message for a null.</summary>
    public const string NotNull = "Must not be null; the operator isNull finds empty values.";

    /// <summary>What a value must be.</summary>
    /// <param name="type">The column's type.</param>
    public static string ExpectedOf(ColumnType type) => type switch
    {
        ColumnType.Integer => "Must be a whole number of 64 bits without quotes, such as 42.",
        ColumnType.Decimal => "Must be a number of at most 28 digits, such as 12.5, or in quotes, such as \"12.50\".",
        ColumnType.Boolean => FieldMessages.Flag(),
        ColumnType.Date => "Must be a date in the form yyyy-MM-dd, such as \"2026-03-01\".",
        ColumnType.Timestamp =>
            "Must be a time in ISO 8601 with its offset, such as \"2026-03-01T08:30:00Z\" or \"2026-03-01T10:30:00+02:00\".",
        ColumnType.LocalTimestamp => "Must be a date and time without a zone, such as \"2026-03-01T08:30:00\".",
        ColumnType.Time => "Must be a time of day, such as \"08:30\" or \"08:30:15.5\".",
        _ => "Must be a text in quotes, such as \"A\".",
    };

    /// <summary>Reads one value; null, with an error message, when it does not fit.</summary>
    /// <param name="element">The JSON value.</param>
    /// <param name="type">The column's type.</param>
    /// <param name="fault">The error message: what would be valid.</param>
    public static object? Read(JsonElement element, ColumnType type, out string fault)
    {
        if (element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            fault = NotNull;
            return null;
        }

        fault = ExpectedOf(type);
        return type switch
        {
            ColumnType.Integer => Integer(element),
            ColumnType.Decimal => Decimal(element),
            ColumnType.Boolean => Boolean(element),
            ColumnType.Date => Date(element),
            ColumnType.Timestamp => Timestamp(element, ref fault),
            ColumnType.LocalTimestamp => LocalTimestamp(element, ref fault),
            ColumnType.Time => Time(element),
            _ => Text(element, ref fault),
        };
    }

    /// <summary>Compares two values of one type; text by its UTF-8 bytes.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">A value of the same CLR type.</param>
    public static int Compare(object left, object right) => left is string text
        ? Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes((string)right))
        : ((IComparable)left).CompareTo(right);

    private static long? Integer(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var value) ? value : null;

    private static decimal? Decimal(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetDecimal(out var value) => value,
        JsonValueKind.String when JsonFields.TextOf(element) is { } text
            && decimal.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    private static bool? Boolean(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static DateOnly? Date(JsonElement element) =>
        JsonFields.TextOf(element) is { } text
            && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;

    private static DateTime? Timestamp(JsonElement element, ref string fault)
    {
        if (JsonFields.TextOf(element) is not { } text)
            return null;

        if (DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value))
            return value.UtcDateTime;

        if (DateTime.TryParseExact(text, WithoutOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            fault = "Has no offset; add Z or one such as +02:00: \"2026-03-01T08:30:00Z\".";

        return null;
    }

    private static DateTime? LocalTimestamp(JsonElement element, ref string fault)
    {
        if (JsonFields.TextOf(element) is not { } text)
            return null;

        if (DateTime.TryParseExact(text, WithoutOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value))
            return value;

        if (DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            fault = "Must have no offset, since the column's times have no zone: \"2026-03-01T08:30:00\".";

        return null;
    }

    private static TimeOnly? Time(JsonElement element) =>
        JsonFields.TextOf(element) is { } text
            && TimeOnly.TryParseExact(text, OfDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;

    private static string? Text(JsonElement element, ref string fault)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;

        if (JsonFields.TextOf(element) is not { } text)
            fault = "Must be valid Unicode; it has half of a surrogate pair.";
        else if (text.Length > MaxTextLength)
            fault = "Must have at most 4,000 characters.";
        else if (text.Contains('\0', StringComparison.Ordinal))
            fault = "Must not contain the NUL character.";
        else
            return text;

        return null;
    }
}
