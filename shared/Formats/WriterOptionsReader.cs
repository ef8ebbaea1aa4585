using System.Text.Json;
using ExportFunctions.Formats.Csv;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats;

/// <summary>
/// Reads the <c>options</c> object of a request, strictly: unknown options, options of another format and contradictions are errors.
/// </summary>
public static class WriterOptionsReader
{
    private const string Path = "options";

    private static readonly JsonShape Shape = new(WriterOption.NamesFor(null), "{\"timeZone\": \"Europe/Athens\"}");

    /// <summary>Reads options for a format; every error is reported under its own field.</summary>
    /// <param name="optionsElement">The <c>options</c> value; absent or null gives the defaults.</param>
    /// <param name="formatName">
    /// The format's name, such as <c>csv</c>; null when it isn't known: then an option of any format is right.
    /// </param>
    /// <param name="errors">Where faults are added, as <c>options</c> or <c>options.delimiter</c>.</param>
    /// <returns>The options; valid only if no error was added.</returns>
    public static WriterOptions Read(JsonElement? optionsElement, string? formatName, FieldErrors errors)
    {
        var options = new WriterOptions();
        if (optionsElement is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } element
            || JsonFields.Open(element, Shape with { Listed = WriterOption.NamesFor(formatName) }, errors, Path) is not { } fields)
            return options;

        foreach (var property in element.EnumerateObject().DistinctBy(property => property.Name, StringComparer.Ordinal))
        {
            if (WriterOption.Find(property.Name) is not { } option)
                continue;

            if (formatName is not null && !option.AppliesTo(formatName))
                fields.Fail(option.Name, $"Applies to {string.Join(" and ", option.Formats)}, not to {formatName}. Leave it out.");
            else if (fields.Given(option.Name) is { } value)
                options = Apply(option, options, value, fields);
        }

        CsvOptions.CheckTogether(options, errors);
        return options;
    }

    private static WriterOptions Apply(WriterOption option, WriterOptions options, JsonElement value, JsonFields fields)
    {
        if (option.Apply(options, value) is { } applied)
            return applied;

        fields.Fail(option.Name, option.FaultOf(value));
        return options;
    }
}
