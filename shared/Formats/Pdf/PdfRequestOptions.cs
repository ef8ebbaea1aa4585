using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf;

/// <summary>The options that requests for PDF may have.</summary>
internal static class PdfRequestOptions
{
    private const int MaxText = 200;

    private static readonly string[] Formats = ["pdf"];

    /// <summary>All of them.</summary>
    public static readonly WriterOption[] All =
    [
        WriterOption.OneOf<PageSize>("pageSize", Formats, (options, choice) => options with { PageSize = choice }),
        WriterOption.OneOf<PageOrientation>("orientation", Formats, (options, choice) => options with { Orientation = choice }),
        WriterOption.OneOf<CellOverflow>("overflow", Formats, (options, choice) => options with { Overflow = choice }),
        WriterOption.OneOf<PageLanguage>("language", Formats, (options, choice) => options with { Language = choice }),
        WriterOption.Flag("tagged", Formats, (options, flag) => options with { Tagged = flag }),
        new("title", Formats, ExpectedText, (options, value) => Text(value) is { } text ? options with { Title = text } : null),
        new("subtitle", Formats, ExpectedText, (options, value) => Text(value) is { } text ? options with { Subtitle = text } : null),
        new("footer", Formats, ExpectedText, (options, value) => Text(value) is { } text ? options with { Footer = text } : null),
        WriterOption.Flag("logo", Formats, (options, flag) => options with { Logo = flag }),
    ];

    private static string ExpectedText =>
        FieldMessages.Text(MaxText, "Students of 2026");

    // Direction controls would affect the adjacent text.
    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MaxText } text
        && !string.IsNullOrWhiteSpace(text) && !text.Any(IsRefused)
            ? text.Trim()
            : null;

    private static bool IsRefused(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
