using System.Text.Json;
using ExportFunctions.Formats.Csv;
using ExportFunctions.Formats.Jsonl;
using ExportFunctions.Formats.Pdf;

namespace ExportFunctions.Formats;

/// <summary>One option of a request: its name, whose it is, and how it is read.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="Formats">The formats it belongs to; none for all.</param>
/// <param name="Expected">What a right value looks like.</param>
/// <param name="Apply">Gives the options with the value, or null when the value is wrong. The value is not a JSON null.</param>
internal sealed record WriterOption(string Name, string[] Formats, string Expected, Func<WriterOptions, JsonElement, WriterOptions?> Apply)
{
    private static readonly WriterOption[] All =
    [
        new("timeZone", [], "Must be an IANA time zone, such as \"Europe/Athens\" or \"UTC\".", (options, value) =>
            FindZone(value) is { } zone ? options with { TimeZone = zone } : null),
        .. CsvOptions.All,
        .. JsonlOptions.All,
        new("cellReferences", ["excel"], "Must be true or false.", (options, value) =>
            Flag(value) is { } flag ? options with { CellReferences = flag } : null),
        new("hyperlinks", ["excel"], "Must be true or false.", (options, value) =>
            Flag(value) is { } flag ? options with { Hyperlinks = flag } : null),
        new("table", ["excel"], "Must be true or false.", (options, value) =>
            Flag(value) is { } flag ? options with { Table = flag } : null),
        new("rightToLeft", ["excel", "pdf"], "Must be true or false.", (options, value) =>
            Flag(value) is { } flag ? options with { RightToLeft = flag } : null),
        .. PdfRequestOptions.All,
    ];

    /// <summary>Finds an option by its JSON name; null when there is none.</summary>
    public static WriterOption? Find(string name) => Array.Find(All, option => option.Name == name);

    /// <summary>The names of a format's options; of all formats where it is null.</summary>
    public static IReadOnlyList<string> NamesFor(string? formatName) => [.. All.Where(option => formatName is null || option.AppliesTo(formatName)).Select(option => option.Name)];

    /// <summary>True when the option means something to the format.</summary>
    public bool AppliesTo(string formatName) => Formats is [] || Formats.Contains(formatName, StringComparer.Ordinal);

    /// <summary>Reads an enum by name; null when there is none.</summary>
    // Names only: Enum.Parse would take numbers, too.
    public static T? Choose<T>(JsonElement value)
        where T : struct, Enum
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        foreach (var choice in Enum.GetValues<T>())
        {
            if (string.Equals(choice.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return choice;
        }

        return null;
    }

    /// <summary>Reads one of some characters; null when it is another.</summary>
    public static char? OneOf(JsonElement value, string choices) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is [var sign] && choices.Contains(sign, StringComparison.Ordinal) ? sign : null;

    /// <summary>Reads true or false; null when it is neither.</summary>
    public static bool? Flag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static string? FindZone(JsonElement value) => value.ValueKind == JsonValueKind.String && ZoneNames.IsZone(value.GetString()!) ? value.GetString() : null;
}
