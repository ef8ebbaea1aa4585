using System.Text.Json;
using ExportFunctions.Datasets;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Notifications.Receivers;

/// <summary>Reads what a standing wish is about: the fields <c>events</c>, <c>datasets</c> and <c>formats</c>, each a list of names; absent or empty for all.</summary>
public sealed class SubscriptionFilterReader(DatasetCatalog datasets, FormatCatalog formats)
{
    /// <summary>The names of its fields.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["events", "datasets", "formats"];

    /// <summary>Reads the three fields.</summary>
    /// <param name="body">The object that holds them.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public SubscriptionFilter Read(JsonElement body, FieldErrors errors) => new()
    {
        Events = ReadNames(body, "events", [.. Enum.GetValues<NotificationEvent>().Select(NotificationEvents.Name)], static given => given, errors),
        Datasets = ReadNames(body, "datasets", [.. datasets.Datasets.Select(dataset => dataset.Name)], static given => given, errors),
        Formats = ReadNames(body, "formats", formats.Names, given => formats.Find(given)?.Name ?? given, errors),
    };

    private static List<string> ReadNames(JsonElement body, string field, IReadOnlyList<string> known, Func<string, string> nameOf, FieldErrors errors)
    {
        if (!body.TryGetProperty(field, out var list) || list.ValueKind == JsonValueKind.Null)
            return [];
        if (list.ValueKind != JsonValueKind.Array)
        {
            errors.Add(field, $"Must be a list of names, such as [\"{known[0]}\"]. Leave it out for all.");
            return [];
        }

        var names = new List<string>();
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            var name = item.ValueKind == JsonValueKind.String ? nameOf(item.GetString()!) : null;
            if (name is null)
                errors.Add($"{field}[{index}]", $"Must be a name, such as \"{known[0]}\".");
            else if (!known.Contains(name, StringComparer.Ordinal))
                errors.Add($"{field}[{index}]", $"'{name}' is not known{NearestName.Suggest(name, known)}");
            else if (names.Contains(name, StringComparer.Ordinal))
                errors.Add($"{field}[{index}]", "The name is given twice. Keep one.");
            else
                names.Add(name);
        }

        return names;
    }
}
