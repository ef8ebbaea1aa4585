using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using ExportFunctions.Notifications.Webhooks.Payloads;
using Fluid;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Mail;

/// <summary>
/// Renders mails from Liquid templates: a subject, a plain text and an HTML body for each event and language. The operator's folder takes
/// precedence over the shipped templates. Values are escaped in HTML.
/// </summary>
internal sealed class MailTemplates(IOptions<NotificationOptions> options)
{
    private static readonly FluidParser Parser = new();
    private static readonly TemplateOptions Options = MakeOptions();

    private readonly TemplateFiles _files = new(options.Value.TemplatesFolder);
    private readonly ConcurrentDictionary<string, IFluidTemplate> _templates = new(StringComparer.Ordinal);

    /// <summary>Renders a mail.</summary>
    /// <param name="id">The delivery's id.</param>
    /// <param name="to">The address.</param>
    /// <param name="notificationEvent">The event.</param>
    /// <param name="values">The values available to templates, by name.</param>
    public async Task<OutgoingMail> WriteAsync(
        Guid id,
        string to,
        NotificationEvent notificationEvent,
        IReadOnlyDictionary<string, string> values,
        CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(TemplateLimits.MaxTime);
        try
        {
            var subject = await RenderAsync(notificationEvent, "subject", values, NullEncoder.Default, time.Token);
            return new OutgoingMail(
                id,
                to,
                subject.ReplaceLineEndings(" ").Trim(),
                (await RenderAsync(notificationEvent, "text", values, NullEncoder.Default, time.Token)).Trim() + "\n",
                await RenderAsync(notificationEvent, "html", values, HtmlEncoder.Default, time.Token));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The templates of {notificationEvent.Name()} take longer than {TemplateLimits.MaxTime.TotalSeconds:0} s.", exception);
        }
    }

    /// <summary>Reads every template once.</summary>
    /// <exception cref="OptionsValidationException">One can't be read; the message names the file and the position.</exception>
    public void Check()
    {
        foreach (var notificationEvent in Enum.GetValues<NotificationEvent>())
        {
            foreach (var part in new[] { "subject", "text", "html" })
                Find(notificationEvent, part);
        }
    }

    private ValueTask<string> RenderAsync(
        NotificationEvent notificationEvent,
        string part,
        IReadOnlyDictionary<string, string> values,
        TextEncoder encoder,
        CancellationToken cancellationToken)
    {
        var context = new TemplateContext(Options);
        new TemplateMeter(TemplateLimits.Mail.MaxOutput, cancellationToken).Attach(context);
        foreach (var (name, value) in values)
            context.SetValue(name, value);
        return Find(notificationEvent, part).RenderAsync(context, encoder);
    }

    private IFluidTemplate Find(NotificationEvent notificationEvent, string part) =>
        _templates.GetOrAdd($"{notificationEvent.Name()}.{part}.liquid", name => Read(name));

    private static TemplateOptions MakeOptions()
    {
        var options = new TemplateOptions();
        TemplateBounds.Apply(options, TemplateLimits.Mail);
        return options;
    }

    private IFluidTemplate Read(string name)
    {
        var (text, place) = _files.Read(options.Value.Language, name);
        return Parser.TryParse(text, out var template, out var error)
            ? TemplateMeter.Measure(template)
            : throw new OptionsValidationException(
                nameof(NotificationOptions), typeof(NotificationOptions), [$"The template {place} can't be read: {error}"]);
    }
}
