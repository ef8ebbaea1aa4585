using Azure;
using ExportFunctions.Notifications.Receivers;

namespace ExportFunctions.Notifications.Webhooks;

/// <summary>An endpoint that receives events. An immutable snapshot of the stored record, with its secrets encrypted.</summary>
public sealed record Webhook
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The display name, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of payload.</summary>
    public required WebhookKind Kind { get; init; }

    /// <summary>
    /// The part of its address that may be shown: without the query; for Slack and Teams, whose addresses are secrets themselves, only the
    /// host.
    /// </summary>
    public required string ShownUrl { get; init; }

    /// <summary>Its address, encrypted.</summary>
    public required string EncryptedUrl { get; init; }

    /// <summary>The filter.</summary>
    public SubscriptionFilter Filter { get; init; } = SubscriptionFilter.All;

    /// <summary>The Liquid template of the payload; null for the default of its kind.</summary>
    public string? Template { get; init; }

    /// <summary>The language of Slack and Teams messages, by its template folder: <c>en</c> or <c>el</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Whether it is enabled.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Why the app has disabled it; null when it has not.</summary>
    public string? DisabledBecause { get; init; }

    /// <summary>The signing secret, encrypted; null for Slack and Teams.</summary>
    public string? EncryptedSecret { get; init; }

    /// <summary>Previous signing secrets that still sign, each until its own expiry, newest first; some may have expired.</summary>
    public IReadOnlyList<OldSecret> OldSecrets { get; init; } = [];

    /// <summary>Until when any previous secret signs; null when there is none.</summary>
    public DateTimeOffset? OldSecretUntil => OldSecrets.Count == 0 ? null : OldSecrets.Max(secret => secret.Until);

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The stored record's version.</summary>
    public ETag ETag { get; init; }

    /// <summary>The owner its address is encrypted for.</summary>
    internal string UrlOwner => $"{Id:N}/url";

    /// <summary>The owner its secrets are encrypted for.</summary>
    internal string SecretOwner => $"{Id:N}/secret";
}

/// <summary>A signing secret that was replaced.</summary>
/// <param name="Encrypted">The secret, encrypted.</param>
/// <param name="Until">Until when it still signs.</param>
public sealed record OldSecret(string Encrypted, DateTimeOffset Until);

/// <summary>The kinds of payload.</summary>
public enum WebhookKind
{
    /// <summary>Standard Webhooks 1.0.0, signed.</summary>
    Standard,

    /// <summary>Slack's incoming webhooks.</summary>
    Slack,

    /// <summary>The Workflows app of Teams.</summary>
    Teams,
}

/// <summary>The names of kinds.</summary>
public static class WebhookKinds
{
    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<WebhookKind>().Select(Name)];

    /// <summary>The kind's name.</summary>
    /// <param name="kind">The kind.</param>
    public static string Name(this WebhookKind kind) => kind switch
    {
        WebhookKind.Standard => "standard",
        WebhookKind.Slack => "slack",
        WebhookKind.Teams => "teams",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    /// <summary>The kind with a name; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public static WebhookKind? Find(string? name)
    {
        foreach (var kind in Enum.GetValues<WebhookKind>())
        {
            if (string.Equals(kind.Name(), name, StringComparison.Ordinal))
                return kind;
        }

        return null;
    }
}
