using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Notifications.Receivers;

/// <summary>
/// Reads the filter of a subscription: the fields <c>events</c>, <c>datasets</c> and <c>formats</c>, each a list of names; absent or empty
/// for all.
/// </summary>
public sealed class SubscriptionFilterReader(DatasetCatalog datasets, FormatCatalog formats)
{
    /// <summary>The names of its fields.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["events", "datasets", "formats"];

    /// <summary>Reads the three fields.</summary>
    /// <param name="fields">The request that contains them.</param>
    public SubscriptionFilter Read(JsonFields fields) => new()
    {
        Events = ReadNames(
            fields, "events", [.. Enum.GetValues<NotificationEvent>().Select(NotificationEvents.Name)], static given => given),
        Datasets = ReadNames(fields, "datasets", [.. datasets.Names], static given => given),
        Formats = ReadNames(fields, "formats", formats.Names, given => formats.Find(given)?.Name ?? given),
    };

    private static List<string> ReadNames(JsonFields fields, string field, IReadOnlyList<string> known, Func<string, string> nameOf)
    {
        var names = new List<string>();
        var expected = FieldMessages.List("names", $"[\"{known[0]}\"]") + " Leave it out for all.";
        foreach (var (path, item) in fields.Items(field, minItems: 0, expected) ?? [])
        {
            var given = JsonFields.TextOf(item);
            if (given is null || nameOf(given) is var name && !known.Contains(name, StringComparer.Ordinal))
                fields.Errors.Add(path, FieldMessages.NotOneOf(given, known));
            else if (names.Contains(name, StringComparer.Ordinal))
                fields.Errors.Add(path, FieldMessages.Twice(name));
            else
                names.Add(name);
        }

        return names;
    }
}
