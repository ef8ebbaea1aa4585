using System.Collections.Concurrent;
using Fluid;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>
/// The templates of Slack and Teams messages, one for each event, kind and language. The operator's folder takes precedence over the
/// shipped ones.
/// </summary>
internal sealed class ChatTemplates(IOptions<NotificationOptions> options)
{
    /// <summary>The languages that have templates.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "el"];

    private readonly TemplateFiles _files = new(options.Value.TemplatesFolder);
    private readonly ConcurrentDictionary<(string Language, string Name), IFluidTemplate> _templates = new();

    /// <summary>The template of an event.</summary>
    public IFluidTemplate Find(NotificationEvent notificationEvent, WebhookKind kind, string language) =>
        _templates.GetOrAdd((language, $"{notificationEvent.Name()}.{kind.Name()}.liquid"), key => Read(key.Language, key.Name));

    /// <summary>Reads every template, and renders it with a sample.</summary>
    /// <exception cref="OptionsValidationException">
    /// One can't be read, or does not produce JSON; the message names the file and the position.
    /// </exception>
    public async Task CheckAsync()
    {
        foreach (var language in Languages)
        {
            foreach (var kind in new[] { WebhookKind.Slack, WebhookKind.Teams })
            {
                foreach (var notificationEvent in Enum.GetValues<NotificationEvent>())
                {
                    var sample = ChatText.ValuesFor(kind, EventSamples.Of(notificationEvent, options.Value.PublicUrl));
                    var (_, problem) = await LiquidPayload.WriteAsync(
                        Find(notificationEvent, kind, language), sample, unknown: null, CancellationToken.None);
                    if (problem is not null)
                        throw Unreadable($"{language}/{notificationEvent.Name()}.{kind.Name()}.liquid", problem);
                }
            }
        }
    }

    private IFluidTemplate Read(string language, string name)
    {
        var (text, place) = _files.Read(language, name);
        return LiquidPayload.Parse(text, out var template) is { } error ? throw Unreadable(place, error) : template!;
    }

    private static OptionsValidationException Unreadable(string place, string error) =>
        new(nameof(NotificationOptions), typeof(NotificationOptions), [$"The template {place} can't be used: {error}"]);
}
