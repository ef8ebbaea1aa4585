using System.Text.Json;
using ExportFunctions.Formats.Csv;
using ExportFunctions.Formats.Jsonl;
using ExportFunctions.Formats.Pdf;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats;

/// <summary>One option of a request: its name, the formats it applies to, and how it is read.</summary>
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
        Flag("cellReferences", ["excel"], (options, flag) => options with { CellReferences = flag }),
        Flag("hyperlinks", ["excel"], (options, flag) => options with { Hyperlinks = flag }),
        Flag("table", ["excel"], (options, flag) => options with { Table = flag }),
        Flag("rightToLeft", ["excel", "pdf"], (options, flag) => options with { RightToLeft = flag }),
        .. PdfRequestOptions.All,
    ];

    /// <summary>The names that are valid values; null when the value is no name.</summary>
    public IReadOnlyList<string>? Choices { get; private init; }

    /// <summary>Finds an option by its JSON name; null when there is none.</summary>
    public static WriterOption? Find(string name) => Array.Find(All, option => option.Name == name);

    /// <summary>The names of a format's options; of all formats where it is null.</summary>
    public static IReadOnlyList<string> NamesFor(string? formatName) =>
        [.. All.Where(option => formatName is null || option.AppliesTo(formatName)).Select(option => option.Name)];

    /// <summary>True when the option applies to the format.</summary>
    public bool AppliesTo(string formatName) => Formats is [] || Formats.Contains(formatName, StringComparer.Ordinal);

    /// <summary>The message for an invalid value.</summary>
    public string FaultOf(JsonElement value) => Choices is null ? Expected : FieldMessages.NotOneOf(JsonFields.TextOf(value), Choices);

    /// <summary>An option whose value is an enum name, case-insensitive.</summary>
    public static WriterOption OneOf<T>(string name, string[] formats, Func<WriterOptions, T, WriterOptions> set)
        where T : struct, Enum
    {
        var names = EnumNames.Of<T>();
        return new(name, formats, FieldMessages.OneOf(names), Apply) { Choices = names };

        WriterOptions? Apply(WriterOptions options, JsonElement value) => Choose<T>(value) is { } choice ? set(options, choice) : null;
    }

    /// <summary>An option that is true or false.</summary>
    public static WriterOption Flag(string name, string[] formats, Func<WriterOptions, bool, WriterOptions> set) =>
        new(name, formats, FieldMessages.Flag(), (options, value) =>
            value.ValueKind is JsonValueKind.True or JsonValueKind.False ? set(options, value.GetBoolean()) : null);

    /// <summary>Reads one of a set of characters; null for any other.</summary>
    public static char? OneOf(JsonElement value, string choices) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is [var sign] && choices.Contains(
            sign, StringComparison.Ordinal) ? sign : null;

    // Names only: Enum.Parse would accept numbers, too.
    private static T? Choose<T>(JsonElement value)
        where T : struct, Enum
    {
        var text = JsonFields.TextOf(value);
        foreach (var choice in Enum.GetValues<T>())
        {
            if (string.Equals(choice.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return choice;
        }

        return null;
    }

    private static string? FindZone(JsonElement value) => JsonFields.TextOf(value) is { } name && ZoneNames.IsZone(name) ? name : null;
}
