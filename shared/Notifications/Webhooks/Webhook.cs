using Azure;
using ExportFunctions.Notifications.Receivers;

namespace ExportFunctions.Notifications.Webhooks;

/// <summary>An endpoint that hears of events. An immutable picture of the stored record, its secrets closed.</summary>
public sealed record Webhook
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What people call it, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What it understands.</summary>
    public required WebhookKind Kind { get; init; }

    /// <summary>
    /// Where it is, as far as it may be shown: without its query, and of Slack's and Teams' addresses, which are secrets themselves, the
    /// host alone.
    /// </summary>
    public required string ShownUrl { get; init; }

    /// <summary>Where it is, encrypted.</summary>
    public required string EncryptedUrl { get; init; }

    /// <summary>The events it wants.</summary>
    public SubscriptionFilter Filter { get; init; } = SubscriptionFilter.All;

    /// <summary>The Liquid template of what is sent; null for the kind's own.</summary>
    public string? Template { get; init; }

    /// <summary>The language of Slack and Teams messages, by its folder of templates: <c>en</c> or <c>el</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Whether anything is sent.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Why the app has disabled it; null when it has not.</summary>
    public string? DisabledBecause { get; init; }

    /// <summary>The signing secret, encrypted; null for Slack and Teams.</summary>
    public string? EncryptedSecret { get; init; }

    /// <summary>The signing secrets before that sign as well, each until its own end, the newest first; some may have ended.</summary>
    public IReadOnlyList<OldSecret> OldSecrets { get; init; } = [];

    /// <summary>Until when any old secret signs as well; null when there is none.</summary>
    public DateTimeOffset? OldSecretUntil => OldSecrets.Count == 0 ? null : OldSecrets.Max(secret => secret.Until);

    /// <summary>When it was made, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last, in UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The stored record's version.</summary>
    public ETag ETag { get; init; }

    /// <summary>What its address is encrypted for.</summary>
    internal string UrlOwner => $"{Id:N}/url";

    /// <summary>What its secrets are encrypted for.</summary>
    internal string SecretOwner => $"{Id:N}/secret";
}

/// <summary>A signing secret that was replaced.</summary>
/// <param name="Encrypted">The secret, encrypted.</param>
/// <param name="Until">Until when it signs as well.</param>
public sealed record OldSecret(string Encrypted, DateTimeOffset Until);

/// <summary>What a webhook's other side understands.</summary>
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

    /// <summary>The kind of a name; null when there is none.</summary>
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
