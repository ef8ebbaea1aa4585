using System.Globalization;
using System.Text.Json;

namespace ExportFunctions.Formats.Pdf;

/// <summary>The options that requests for PDF may have.</summary>
internal static class PdfRequestOptions
{
    private const int MaxText = 200;

    private static readonly string[] Formats = ["pdf"];

    /// <summary>All of them.</summary>
    public static readonly WriterOption[] All =
    [
        new("pageSize", Formats, "Must be \"a4\" or \"letter\".", (options, value) =>
            WriterOption.Choose<PageSize>(value) is { } size ? options with { PageSize = size } : null),
        new("orientation", Formats, "Must be \"auto\", \"portrait\" or \"landscape\".", (options, value) =>
            WriterOption.Choose<PageOrientation>(value) is { } orientation ? options with { Orientation = orientation } : null),
        new("overflow", Formats, "Must be \"ellipsis\" or \"wrap\".", (options, value) =>
            WriterOption.Choose<CellOverflow>(value) is { } overflow ? options with { Overflow = overflow } : null),
        new("language", Formats, "Must be \"en\" or \"el\".", (options, value) =>
            WriterOption.Choose<PageLanguage>(value) is { } language ? options with { Language = language } : null),
        new("tagged", Formats, "Must be true or false.", (options, value) =>
            WriterOption.Flag(value) is { } flag ? options with { Tagged = flag } : null),
        new("title", Formats, ExpectedText, (options, value) => Text(value) is { } text ? options with { Title = text } : null),
        new("subtitle", Formats, ExpectedText, (options, value) => Text(value) is { } text ? options with { Subtitle = text } : null),
        new("footer", Formats, ExpectedText, (options, value) => Text(value) is { } text ? options with { Footer = text } : null),
        new("logo", Formats, "Must be true or false.", (options, value) =>
            WriterOption.Flag(value) is { } flag ? options with { Logo = flag } : null),
    ];

    private static string ExpectedText =>
        string.Create(CultureInfo.InvariantCulture, $"Must be a text of 1 to {MaxText} characters in one line.");

    // What steers the direction of text would reach what stands beside it.
    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MaxText } text
        && !string.IsNullOrWhiteSpace(text) && !text.Any(IsRefused)
            ? text.Trim()
            : null;

    private static bool IsRefused(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
