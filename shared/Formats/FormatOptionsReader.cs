using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats;

/// <summary>Reads the <c>options</c> object of a request, strictly: nothing unknown, nothing of another format, nothing contradictory.</summary>
public static class FormatOptionsReader
{
    /// <summary>Reads options for a format; every fault is reported under its own field.</summary>
    /// <param name="optionsElement">The <c>options</c> value; absent or null gives the defaults.</param>
    /// <param name="formatName">The format's name, such as <c>csv</c>.</param>
    /// <param name="errors">Where faults are added, as <c>options</c> or <c>options.delimiter</c>.</param>
    /// <returns>The options; they count only when no error was added.</returns>
    public static FormatOptions Read(JsonElement? optionsElement, string formatName, FieldErrors errors)
    {
        if (optionsElement is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } element)
            return new FormatOptions();

        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add("options", "Must be an object, such as {\"timeZone\": \"Europe/Athens\"}.");
            return new FormatOptions();
        }

        var options = new FormatOptions();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (FormatOption.Find(property.Name) is not { } option)
                errors.Add("options." + property.Name, $"Unknown option. The options of {formatName} are {FormatOption.NamesFor(formatName)}.");
            else if (!option.AppliesTo(formatName))
                errors.Add("options." + property.Name, $"options.{property.Name} applies to {option.Format}, not {formatName}.");
            else if (!seen.Add(property.Name))
                errors.Add("options." + property.Name, "Is given twice; give it once.");
            else if (property.Value.ValueKind != JsonValueKind.Null)
                options = Apply(option, options, property.Value, errors);
        }

        CheckTogether(options, element, errors);
        return options;
    }

    private static FormatOptions Apply(FormatOption option, FormatOptions options, JsonElement value, FieldErrors errors)
    {
        if (option.Apply(options, value) is { } applied)
            return applied;

        errors.Add("options." + option.Name, option.Expected);
        return options;
    }

    private static void CheckTogether(FormatOptions options, JsonElement element, FieldErrors errors)
    {
        if ((options.Delimiter ?? ',') != (options.DecimalSeparator ?? '.'))
            return;

        // A delimiter that was refused says nothing about the decimal sign.
        if (options.Delimiter is null && element.TryGetProperty("delimiter", out var delimiter) && delimiter.ValueKind != JsonValueKind.Null)
            return;

        if (options.Delimiter is null)
            errors.Add("options.decimalSeparator", "Must differ from the delimiter, which is a comma unless options.delimiter says otherwise; add \"delimiter\": \";\".");
        else
            errors.Add("options.decimalSeparator", "Must differ from options.delimiter.");
    }
}
