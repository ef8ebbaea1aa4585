using System.Text.Json;
using ExportFunctions.Formats.Csv;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats;

/// <summary>Reads the <c>options</c> object of a request, strictly: nothing unknown, nothing of another format, nothing contradictory.</summary>
public static class WriterOptionsReader
{
    /// <summary>Reads options for a format; every fault is reported under its own field.</summary>
    /// <param name="optionsElement">The <c>options</c> value; absent or null gives the defaults.</param>
    /// <param name="formatName">The format's name, such as <c>csv</c>; null when it isn't known: then an option of any format is right.</param>
    /// <param name="errors">Where faults are added, as <c>options</c> or <c>options.delimiter</c>.</param>
    /// <returns>The options; they count only when no error was added.</returns>
    public static WriterOptions Read(JsonElement? optionsElement, string? formatName, FieldErrors errors)
    {
        if (optionsElement is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } element)
            return new WriterOptions();

        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add("options", "Must be an object, such as {\"timeZone\": \"Europe/Athens\"}.");
            return new WriterOptions();
        }

        var options = new WriterOptions();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (WriterOption.Find(property.Name) is not { } option)
                errors.Add("options." + NearestName.Shown(property.Name), Unknown(property.Name, formatName));
            else if (formatName is not null && !option.AppliesTo(formatName))
                errors.Add("options." + property.Name, $"options.{property.Name} applies to {string.Join(" and ", option.Formats)}, not {formatName}.");
            else if (!seen.Add(property.Name))
                errors.Add("options." + property.Name, "Is given twice; give it once.");
            else if (property.Value.ValueKind != JsonValueKind.Null)
                options = Apply(option, options, property.Value, errors);
        }

        CsvOptions.CheckTogether(options, errors);
        return options;
    }

    private static string Unknown(string name, string? formatName)
    {
        var known = WriterOption.NamesFor(formatName);
        return $"Unknown option{NearestName.Suggest(name, known)} The options{(formatName is null ? "" : $" of {formatName}")} are {string.Join(", ", known)}.";
    }

    private static WriterOptions Apply(WriterOption option, WriterOptions options, JsonElement value, FieldErrors errors)
    {
        if (option.Apply(options, value) is { } applied)
            return applied;

        errors.Add("options." + option.Name, option.Expected);
        return options;
    }
}
