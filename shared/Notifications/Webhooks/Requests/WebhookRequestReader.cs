using System.Globalization;
using System.Text.Json;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Webhooks.Addresses;
using ExportFunctions.Notifications.Webhooks.Payloads;
using ExportFunctions.Problems;

namespace ExportFunctions.Notifications.Webhooks.Requests;

/// <summary>Reads and validates webhooks, field by field, and reports all errors at once.</summary>
public sealed class WebhookRequestReader
{
    private const int MaxNameLength = 100;

    private static readonly string ExpectedTemplate = string.Create(
        CultureInfo.InvariantCulture,
        $"Must be a Liquid template of at most {TemplateCheck.MaxLength} characters that gives JSON, such as ")
        + "{\"file\": \"{{ fileName }}\"}. Leave it out for the kind's own payload.";

    private static readonly JsonShape Shape = new(
        ["name", "url", "kind", .. SubscriptionFilterReader.Fields, "template", "language", "enabled"],
        "{\"name\": \"Registrar\", \"url\": \"https://hooks.example.org/exports\"}");

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
    /// <param name="body">The request body.</param>
    /// <param name="present">The webhook being replaced; null for a new one.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="cancellationToken">Stops the work: a template is rendered as a test.</param>
    /// <returns>The request; null when there are errors.</returns>
    public async Task<WebhookRequest?> ReadAsync(
        JsonElement body, Webhook? present, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (JsonFields.Open(body, Shape, errors) is not { } fields)
            return null;

        var filter = _filters.Read(fields);
        var request = new WebhookRequest
        {
            Name = fields.RequiredText("name", MaxNameLength, "Registrar"),
            Url = ReadUrl(fields, present),
            Kind = ReadKind(fields, present),
            Filter = filter,
            Template = ReadTemplate(fields),
            Language = fields.OneOf("language", ChatTemplates.Languages) ?? ChatTemplates.Languages[0],
            Enabled = fields.Flag("enabled", otherwise: true),
        };
        if (request.Template is { } template)
            await _templates.CheckAsync(template, filter.Events, errors, cancellationToken);
        return errors.IsEmpty ? request : null;
    }

    private Uri? ReadUrl(JsonFields fields, Webhook? present)
    {
        const string Name = "url";
        if (fields.Given(Name) is not { } value)
        {
            if (present is null)
                fields.Fail(Name, FieldMessages.Required(WebhookUrl.Expected));
            return null;
        }

        if (JsonFields.TextOf(value) is not { } text)
        {
            fields.Fail(Name, WebhookUrl.Expected);
            return null;
        }

        // A GET may omit secret parts of the address: sent back unchanged, it means no change.
        return present is not null && string.Equals(text, present.ShownUrl, StringComparison.Ordinal)
            ? null
            : _urls.Read(text, fields.Errors);
    }

    private static WebhookKind ReadKind(JsonFields fields, Webhook? present)
    {
        const string Name = "kind";
        if (fields.OneOf<WebhookKind>(Name, WebhookKinds.Name) is not { } kind)
            return present?.Kind ?? WebhookKind.Standard;

        if (present is not null && present.Kind != kind)
            fields.Fail(Name, $"Stays \"{present.Kind.Name()}\". Make a webhook of its own for another kind.");
        return kind;
    }

    private static string? ReadTemplate(JsonFields fields)
    {
        const string Name = "template";
        if (fields.Given(Name) is not { } value)
            return null;
        if (JsonFields.TextOf(value) is { } text && text.Length <= TemplateCheck.MaxLength && !string.IsNullOrWhiteSpace(text))
            return text;

        fields.Fail(Name, ExpectedTemplate);
        return null;
    }
}
