using System.Text.Json;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Webhooks.Addresses;
using ExportFunctions.Notifications.Webhooks.Payloads;
using ExportFunctions.Problems;

namespace ExportFunctions.Notifications.Webhooks.Requests;

/// <summary>Reads and checks webhooks, field by field, and says everything that is wrong at once.</summary>
public sealed class WebhookRequestReader
{
    private const int MaxNameLength = 100;

    private static readonly string[] Fields = ["name", "url", "kind", .. SubscriptionFilterReader.Fields, "template", "language", "enabled"];

    private readonly SubscriptionFilterReader _filters;
    private readonly WebhookUrl _urls;
    private readonly TemplateCheck _templates;

    internal WebhookRequestReader(SubscriptionFilterReader filters, WebhookUrl urls, TemplateCheck templates)
    {
        _filters = filters;
        _urls = urls;
        _templates = templates;
    }

    /// <summary>Reads a webhook.</summary>
    /// <param name="body">The body.</param>
    /// <param name="present">The webhook that it takes the place of; null for a new one.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="cancellationToken">Stops the work: a template is tried out.</param>
    /// <returns>The request; null when anything is wrong.</returns>
    public async Task<WebhookRequest?> ReadAsync(
        JsonElement body, Webhook? present, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors.Add("", "The body must be a JSON object such as {\"name\": \"Registrar\", \"url\": \"https://hooks.example.org/exports\"}.");
            return null;
        }

        CheckNames(body, errors);
        var filter = _filters.Read(body, errors);
        var request = new WebhookRequest
        {
            Name = ReadName(Given(body, "name"), errors),
            Url = ReadUrl(Given(body, "url"), present, errors),
            Kind = ReadKind(Given(body, "kind"), present, errors),
            Filter = filter,
            Template = ReadTemplate(Given(body, "template"), errors),
            Language = ReadLanguage(Given(body, "language"), errors),
            Enabled = ReadFlag(Given(body, "enabled"), errors),
        };
        if (request.Template is { } template)
            await _templates.CheckAsync(template, filter.Events, errors, cancellationToken);
        return errors.IsEmpty ? request : null;
    }

    private static void CheckNames(JsonElement body, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in body.EnumerateObject())
        {
            if (!Fields.Contains(property.Name, StringComparer.Ordinal))
                errors.Add(property.Name, $"Unknown field. The fields are {string.Join(", ", Fields)}.");
            else if (!seen.Add(property.Name))
                errors.Add(property.Name, $"The field is given twice. Keep one {property.Name}.");
        }
    }

    private static JsonElement? Given(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string ReadName(JsonElement? given, FieldErrors errors)
    {
        if (given is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && text.Length <= MaxNameLength && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl))
            return text;

        errors.Add("name", $"{(given is null ? "Required:" : "Must be")} a text of 1 to {MaxNameLength} characters without control characters, such as \"Registrar\".");
        return "";
    }

    private Uri? ReadUrl(JsonElement? given, Webhook? present, FieldErrors errors)
    {
        if (given is { ValueKind: JsonValueKind.String } value)
        {
            // What a GET shows may have lost a secret: sent back as it was, it means no change.
            return present is not null && string.Equals(value.GetString(), present.ShownUrl, StringComparison.Ordinal) ? null : _urls.Read(value.GetString()!, errors);
        }

        if (given is not null || present is null)
            errors.Add("url", $"{(given is null ? "Required:" : "Must be")} an https address, such as \"https://hooks.example.org/exports\".");
        return null;
    }

    private static WebhookKind ReadKind(JsonElement? given, Webhook? present, FieldErrors errors)
    {
        if (given is null)
            return present?.Kind ?? WebhookKind.Standard;

        var kind = given is { ValueKind: JsonValueKind.String } value ? WebhookKinds.Find(value.GetString()) : null;
        if (kind is null)
            errors.Add("kind", $"Must be one of {string.Join(", ", WebhookKinds.Names)}, such as \"standard\".");
        else if (present is not null && present.Kind != kind)
            errors.Add("kind", $"Stays \"{present.Kind.Name()}\". Make a webhook of its own for another kind.");
        return kind ?? WebhookKind.Standard;
    }

    private static string? ReadTemplate(JsonElement? given, FieldErrors errors)
    {
        if (given is null)
            return null;
        if (given is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && text.Length <= TemplateCheck.MaxLength && !string.IsNullOrWhiteSpace(text))
            return text;

        errors.Add("template", $"Must be a Liquid template of at most {TemplateCheck.MaxLength} characters that gives JSON, such as \"{{\\\"file\\\": \\\"{{{{ fileName }}}}\\\"}}\". Leave it out for the kind's own payload.");
        return null;
    }

    private static string ReadLanguage(JsonElement? given, FieldErrors errors)
    {
        if (given is null)
            return ChatTemplates.Languages[0];
        if (given is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && ChatTemplates.Languages.Contains(text, StringComparer.Ordinal))
            return text;

        errors.Add("language", $"Must be one of {string.Join(", ", ChatTemplates.Languages)}, such as \"en\".");
        return ChatTemplates.Languages[0];
    }

    private static bool ReadFlag(JsonElement? given, FieldErrors errors)
    {
        if (given is null)
            return true;
        if (given is { ValueKind: JsonValueKind.True or JsonValueKind.False } value)
            return value.GetBoolean();

        errors.Add("enabled", "Must be true or false, such as true.");
        return true;
    }
}
