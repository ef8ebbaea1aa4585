using System.Text.Json;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Problems;

namespace ExportFunctions.Notifications.Subscriptions;

/// <summary>Reads and checks subscriptions, field by field, and says everything that is wrong at once.</summary>
public sealed class SubscriptionReader(AddressListReader addresses, SubscriptionFilterReader filters)
{
    private const int MaxNameLength = 100;
    private static readonly string[] Fields = ["name", "to", .. SubscriptionFilterReader.Fields, "enabled"];

    /// <summary>Reads a subscription.</summary>
    /// <param name="body">The body.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <returns>The subscription; null when anything is wrong.</returns>
    public SubscriptionRequest? Read(JsonElement body, FieldErrors errors)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors.Add("", "The body must be a JSON object such as {\"name\": \"Failures\", \"to\": [\"registrar@example.org\"], \"events\": [\"export.failed\"]}.");
            return null;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in body.EnumerateObject())
        {
            if (!Fields.Contains(property.Name, StringComparer.Ordinal))
                errors.Add(property.Name, $"Unknown field. The fields are {string.Join(", ", Fields)}.");
            else if (!seen.Add(property.Name))
                errors.Add(property.Name, $"The field is given twice. Keep one {property.Name}.");
        }

        var request = new SubscriptionRequest(
            ReadName(Given(body, "name"), errors), ReadTo(Given(body, "to"), errors), filters.Read(body, errors), ReadEnabled(Given(body, "enabled"), errors));
        return errors.IsEmpty ? request : null;
    }

    private static JsonElement? Given(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string ReadName(JsonElement? given, FieldErrors errors)
    {
        if (given is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && text.Length <= MaxNameLength && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl))
            return text;

        errors.Add("name", $"{(given is null ? "Required:" : "Must be")} a text of 1 to {MaxNameLength} characters without control characters, such as \"Failures\".");
        return "";
    }

    private static bool ReadEnabled(JsonElement? given, FieldErrors errors)
    {
        if (given is null or { ValueKind: JsonValueKind.True or JsonValueKind.False })
            return given?.GetBoolean() ?? true;

        errors.Add("enabled", "Must be true or false, such as true.");
        return true;
    }

    private IReadOnlyList<string> ReadTo(JsonElement? given, FieldErrors errors)
    {
        if (given is null or { ValueKind: JsonValueKind.Array } && given?.GetArrayLength() is null or 0)
        {
            errors.Add("to", "Required: the e-mail addresses, such as [\"registrar@example.org\"].");
            return [];
        }

        return addresses.Read(given, "to", errors);
    }
}
