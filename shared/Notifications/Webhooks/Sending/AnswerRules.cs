using System.Globalization;
using System.Net;
using System.Text;
using ExportFunctions.Notifications.Deliveries;

namespace ExportFunctions.Notifications.Webhooks.Sending;

/// <summary>Interprets responses: by Standard Webhooks 1.0.0, and for Slack and Teams by their own conventions.</summary>
internal static class AnswerRules
{
    // Longer texts are not worth keeping, and a date could be years away.
    private const int MaxText = 300;
    private static readonly TimeSpan MaxPause = TimeSpan.FromDays(1);
    private static readonly TimeSpan Throttle = TimeSpan.FromMinutes(1);

    /// <summary>Evaluates a response.</summary>
    /// <param name="kind">The webhook's kind.</param>
    /// <param name="response">The response's status and headers.</param>
    /// <param name="body">The beginning of its body.</param>
    /// <param name="now">The present instant.</param>
    public static WebhookAnswer Evaluate(WebhookKind kind, HttpResponseMessage response, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var outcome = OutcomeOf(kind, status);
        var pause = outcome == DeliveryOutcome.TryLater ? PauseOf(response, now) : null;

        // RFC 6585, 4, and RFC 9110, 15.6.4: these concern every call, not just this one.
        var isForAll = status == 429 || (status == 503 && response.Headers.RetryAfter is not null);
        return new WebhookAnswer(outcome, TextOf(response, body))
        {
            Status = status,
            RetryAfter = pause,
            HoldFor = isForAll ? pause : null,
            IsGone = IsGone(kind, status),
        };
    }

    private static DeliveryOutcome OutcomeOf(WebhookKind kind, int status) => status switch
    {
        >= 200 and < 300 => DeliveryOutcome.Accepted,
        410 => DeliveryOutcome.Refused,

        // Slack and Teams respond this way when the message is invalid or the channel is closed: a retry gets the same response.
        >= 400 and < 500 when kind != WebhookKind.Standard && status is not (408 or 425 or 429) => DeliveryOutcome.Refused,
        _ => DeliveryOutcome.TryLater,
    };

    /// <summary>Slack and Teams respond 404 for a webhook or workflow that was removed.</summary>
    private static bool IsGone(WebhookKind kind, int status) => status == 410 || (status == 404 && kind != WebhookKind.Standard);

    private static TimeSpan? PauseOf(HttpResponseMessage response, DateTimeOffset now)
    {
        var asked = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - now : null;
        if (asked is { } pause)
            return pause < TimeSpan.Zero ? TimeSpan.Zero : pause > MaxPause ? MaxPause : pause;

        return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout
            ? Throttle
            : null;
    }

    private static string TextOf(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var status = (int)response.StatusCode;
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{status}");
        if (status is >= 300 and < 400)
            return text.Append(": it leads elsewhere, and redirects are not followed. Change the webhook's url.").ToString();

        var words = Line(Encoding.UTF8.GetString(body));
        return words.Length == 0 ? text.ToString() : text.Append(": ").Append(words).ToString();
    }

    /// <summary>One line of printable characters.</summary>
    private static string Line(string text)
    {
        var line = new StringBuilder();
        foreach (var sign in text)
        {
            if (line.Length == MaxText)
                return line.Append('…').ToString();
            if (!char.IsControl(sign) && !char.IsWhiteSpace(sign) && !char.IsSurrogate(sign))
                line.Append(sign);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }
}
