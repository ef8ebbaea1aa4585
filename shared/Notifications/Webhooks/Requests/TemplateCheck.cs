using System.Text.RegularExpressions;
using ExportFunctions.Notifications.Webhooks.Payloads;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Webhooks.Requests;

/// <summary>
/// Validates webhook templates when they are saved: each must be valid Liquid, use only known values, and produce JSON for every event it
/// may be sent.
/// </summary>
internal sealed partial class TemplateCheck(IOptions<NotificationOptions> options)
{
    /// <summary>The maximum length of a template.</summary>
    public const int MaxLength = 16 * 1024;

    private const string Field = "template";

    /// <summary>Validates a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="events">The events it is for; empty for all.</param>
    /// <param name="errors">Receives the errors, under <c>template</c>.</param>
    public async Task CheckAsync(string text, IReadOnlyList<string> events, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (LiquidPayload.Parse(text, out var template) is { } error)
        {
            errors.Add(Field, $"{Place(error)}The Liquid can't be read: {error}");
            return;
        }

        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var notificationEvent in Enum.GetValues<NotificationEvent>().Where(
            item => events.Count == 0 || events.Contains(item.Name(), StringComparer.Ordinal)))
        {
            var sample = new WebhookEvent(
                Guid.Empty, notificationEvent, DateTimeOffset.UnixEpoch, EventSamples.Of(notificationEvent, options.Value.PublicUrl));
            var values = WebhookPayloads.ValuesOf(sample, EventLinks.Of(sample, options.Value.PublicUrl));
            var (_, problem) = await LiquidPayload.WriteAsync(template!, values, unknown, cancellationToken);
            if (problem is not null)
                errors.Add(Field, $"With a sample of {notificationEvent.Name()}: {problem}");
        }

        foreach (var name in unknown.Order(StringComparer.Ordinal))
            errors.Add(
                Field, $"Line {LineOf(text, name)}: there is no value \"{name}\". The values are {string.Join(", ", EventSamples.Names)}.");
    }

    private static string Place(string error) =>
        Position().Match(error) is { Success: true } match ? $"Line {match.Groups["line"].Value}: " : "";

    private static int LineOf(string text, string name)
    {
        var at = text.IndexOf(name, StringComparison.Ordinal);
        return 1 + text.AsSpan(0, Math.Max(at, 0)).Count('\n');
    }

    [GeneratedRegex(@"\((?<line>\d+):\d+\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Position();
}
