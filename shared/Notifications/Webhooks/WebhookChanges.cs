using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Webhooks.Requests;
using ExportFunctions.Notifications.Webhooks.Secrets;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Notifications.Webhooks;

/// <summary>Creates, changes and removes webhooks. A secret leaves this class only once: when it is created.</summary>
public sealed partial class WebhookChanges
{
    /// <summary>The limit of webhooks: all of them are evaluated for each event.</summary>
    public const int MaxWebhooks = 100;

    /// <summary>The limit of previous secrets that sign alongside the current one: each makes every call longer.</summary>
    public const int MaxOldSecrets = 10;

    /// <summary>The last response of a delivery whose webhook was removed.</summary>
    internal const string Deleted = "Not sent: the webhook was deleted.";

    private readonly IWebhookStore _webhooks;
    private readonly PendingDeliveries _pending;
    private readonly SecretProtector _protector;
    private readonly TimeProvider _time;
    private readonly ILogger<WebhookChanges> _logger;

    internal WebhookChanges(
        IWebhookStore webhooks, PendingDeliveries pending, SecretProtector protector, TimeProvider time, ILogger<WebhookChanges> logger)
    {
        _webhooks = webhooks;
        _pending = pending;
        _protector = protector;
        _time = time;
        _logger = logger;
    }

    /// <summary>Whether secrets can be stored: without <c>WEBHOOK_SECRETS_KEY</c> there are no webhooks.</summary>
    public bool IsSetUp => _protector.HasKey;

    /// <summary>The last response of a delivery whose webhook is disabled.</summary>
    internal static string Disabled(string? because) =>
        because is null ? "Not sent: the webhook is disabled." : $"Not sent: the webhook is disabled. {because}";

    /// <summary>Creates a webhook.</summary>
    /// <param name="request">The requested webhook.</param>
    /// <param name="cancellationToken">Cancels the call; the webhook may exist anyway.</param>
    /// <returns>The webhook, and its secret where its kind has one; null when the limit is reached.</returns>
    public async Task<(Webhook Webhook, string? Secret)?> CreateAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var webhook =
            Changed(
                new Webhook
                {
                    Id = Guid.CreateVersion7(now),
                    Name = "",
                    Kind = request.Kind,
                    ShownUrl = "",
                    EncryptedUrl = "",
                    CreatedAt = now,
                    UpdatedAt = now,
                },
                request);
        var secret = request.Kind == WebhookKind.Standard ? SigningSecret.Make() : null;
        if (secret is not null)
            webhook = webhook with { EncryptedSecret = _protector.Protect(secret, webhook.SecretOwner) };
        return await _webhooks.TryAddAsync(webhook, MaxWebhooks, cancellationToken) is { } stored ? (stored, secret) : null;
    }

    /// <summary>Replaces a webhook, except for its secret.</summary>
    /// <param name="webhook">The webhook, as its owner saw it.</param>
    /// <param name="request">The requested webhook.</param>
    /// <returns>The webhook; null when another change came first or it no longer exists.</returns>
    public async Task<Webhook?> ReplaceAsync(Webhook webhook, WebhookRequest request, CancellationToken cancellationToken)
    {
        if (await _webhooks.TryUpdateAsync(Changed(webhook, request), cancellationToken) is not { } stored)
            return null;

        if (!stored.Enabled)
            await _pending.EndAsync(stored.Id, Disabled(stored.DisabledBecause), except: null, cancellationToken);
        else if (!webhook.Enabled)
            await _webhooks.SetFailingSinceAsync(stored.Id, since: null, cancellationToken);
        return stored;
    }

    /// <summary>Removes a webhook, and ends its pending deliveries.</summary>
    /// <param name="webhook">The webhook, as its owner saw it.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    /// <returns>False when another change came first or it no longer exists.</returns>
    public async Task<bool> DeleteAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        if (!await _webhooks.TryDeleteAsync(webhook, cancellationToken))
            return false;

        await _pending.EndAsync(webhook.Id, Deleted, except: null, cancellationToken);
        return true;
    }

    /// <summary>
    /// Gives a webhook a new secret. Previous ones still sign, each for its own period, so that nothing is lost while the receiver switches
    /// over.
    /// </summary>
    /// <param name="id">The webhook's id.</param>
    /// <param name="keepOldFor">How long the old secret still signs.</param>
    /// <param name="cancellationToken">Cancels the call; the secret may have changed anyway.</param>
    /// <returns>
    /// The webhook and its new secret, null for a kind without secrets and when too many old ones still sign; null when there is no such
    /// webhook.
    /// </returns>
    public async Task<(Webhook Webhook, string? Secret)?> RotateAsync(Guid id, TimeSpan keepOldFor, CancellationToken cancellationToken)
    {
        while (await _webhooks.FindAsync(id, cancellationToken) is { } webhook)
        {
            if (webhook.Kind != WebhookKind.Standard)
                return (webhook, null);

            // Each was promised its period: another rotation cuts none of them short.
            var now = _time.GetUtcNow();
            IReadOnlyList<OldSecret> inForce = [.. webhook.OldSecrets.Where(old => old.Until > now)];
            if (inForce.Count >= MaxOldSecrets)
                return (webhook, null);

            var secret = SigningSecret.Make();
            var next = webhook with
            {
                EncryptedSecret = _protector.Protect(secret, webhook.SecretOwner),
                OldSecrets = keepOldFor > TimeSpan.Zero ? [new OldSecret(webhook.EncryptedSecret!, now + keepOldFor), .. inForce] : inForce,
                UpdatedAt = now,
            };
            if (await _webhooks.TryUpdateAsync(next, cancellationToken) is { } stored)
                return (stored, secret);
        }

        return null;
    }

    /// <summary>Enables a disabled webhook. Failed deliveries must be replayed by hand.</summary>
    /// <param name="id">The webhook's id.</param>
    /// <returns>The webhook; null when there is none.</returns>
    public async Task<Webhook?> EnableAsync(Guid id, CancellationToken cancellationToken)
    {
        while (await _webhooks.FindAsync(id, cancellationToken) is { } webhook)
        {
            if (webhook.Enabled)
                return webhook;

            // Its failures are in the past: the days are counted afresh.
            await _webhooks.SetFailingSinceAsync(id, since: null, cancellationToken);
            if (await _webhooks.TryUpdateAsync(
                webhook with { Enabled = true, DisabledBecause = null, UpdatedAt = _time.GetUtcNow() }, cancellationToken) is { } stored)
                return stored;
        }

        return null;
    }

    /// <summary>Disables a webhook that can't be reached any more, and ends its pending deliveries.</summary>
    internal async Task DisableAsync(Guid id, string because, Guid except, CancellationToken cancellationToken)
    {
        while (await _webhooks.FindAsync(id, cancellationToken) is { Enabled: true } webhook)
        {
            if (await _webhooks.TryUpdateAsync(
                webhook with { Enabled = false, DisabledBecause = because, UpdatedAt = _time.GetUtcNow() }, cancellationToken) is null)
                continue;

            Log.Disabled(_logger, id, because);
            await _pending.EndAsync(id, Disabled(because), except, cancellationToken);
        }
    }

    private Webhook Changed(Webhook webhook, WebhookRequest request) => webhook with
    {
        Name = request.Name,
        ShownUrl = request.Url is { } url ? Shown(request.Kind, url) : webhook.ShownUrl,
        EncryptedUrl = request.Url is { } address ? _protector.Protect(address.AbsoluteUri, webhook.UrlOwner) : webhook.EncryptedUrl,
        Filter = request.Filter,
        Template = request.Template,
        Language = request.Language,
        Enabled = request.Enabled,
        DisabledBecause = request.Enabled ? null : webhook.DisabledBecause,
        UpdatedAt = _time.GetUtcNow(),
    };

    /// <summary>Anyone with the address of a Slack or Teams webhook can post to it; and a query may contain a key.</summary>
    private static string Shown(WebhookKind kind, Uri url)
    {
        var host = url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        if (kind != WebhookKind.Standard)
            return $"{host}/…";

        return host + url.AbsolutePath + (url.Query.Length > 0 ? "?…" : "");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The webhook {WebhookId} is disabled: {Because}")]
        public static partial void Disabled(ILogger logger, Guid webhookId, string because);
    }
}
