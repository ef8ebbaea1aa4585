using System.Globalization;
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
    /// <param name="body">The body.</param>
    /// <param name="present">The webhook that it takes the place of; null for a new one.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="cancellationToken">Stops the work: a template is tried out.</param>
    /// <returns>The request; null when anything is wrong.</returns>
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

        // What a GET shows may have lost a secret: sent back as it was, it means no change.
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
