using System.Text.Json;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Problems;

namespace ExportFunctions.Notifications.Subscriptions;

/// <summary>Reads and validates subscriptions, field by field, and reports all errors at once.</summary>
public sealed class SubscriptionReader(AddressListReader addresses, SubscriptionFilterReader filters)
{
    private const int MaxNameLength = 100;

    private static readonly JsonShape Shape = new(
        ["name", "to", .. SubscriptionFilterReader.Fields, "enabled"],
        "{\"name\": \"Failures\", \"to\": [\"registrar@example.org\"], \"events\": [\"export.failed\"]}");

    /// <summary>Reads a subscription.</summary>
    /// <param name="body">The request body.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <returns>The subscription; null when there are errors.</returns>
    public SubscriptionRequest? Read(JsonElement body, FieldErrors errors)
    {
        if (JsonFields.Open(body, Shape, errors) is not { } fields)
            return null;

        var request = new SubscriptionRequest(
            fields.RequiredText("name", MaxNameLength, "Failures"),
            ReadTo(fields),
            filters.Read(fields),
            fields.Flag("enabled", otherwise: true));
        return errors.IsEmpty ? request : null;
    }

    private IReadOnlyList<string> ReadTo(JsonFields fields)
    {
        const string Name = "to";
        if (fields.Given(Name) is not (null or { ValueKind: JsonValueKind.Array }) || fields.Given(Name)?.GetArrayLength() > 0)
            return addresses.Read(fields, Name);

        fields.Fail(Name, FieldMessages.Required(AddressListReader.Expected));
        return [];
    }
}
