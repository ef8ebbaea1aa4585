using System.Collections.Concurrent;
using System.Net;
using Azure;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Notifications.Webhooks.Addresses;
using ExportFunctions.Notifications.Webhooks.Payloads;
using ExportFunctions.Notifications.Webhooks.Requests;
using ExportFunctions.Notifications.Webhooks.Secrets;
using ExportFunctions.Notifications.Webhooks.Sending;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Exports;
using ExportFunctions.Tests.Notifications.Deliveries;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportFunctions.Tests.Notifications.Webhooks;

/// <summary>
/// Webhooks in memory, beside the deliveries of a <see cref="NotificationsWorld"/>; what is sent really goes over loopback.
/// </summary>
internal sealed class WebhooksWorld : IDisposable
{
    private readonly ConcurrentDictionary<Guid, Webhook> _webhooks = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _failing = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _holds = new();
    private readonly SecretProtector _protector;
    private readonly WebhookSender _sender;
    private int _version;

    public WebhooksWorld()
    {
        Options = new WebhookOptions
        {
            SecretsKey = Convert.ToBase64String(new byte[32]),
            AllowedNetworks = ["127.0.0.0/8"],
            WebhookTimeout = TimeSpan.FromSeconds(2),
        };
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        var notifications = Microsoft.Extensions.Options.Options.Create(Deliveries.Options);
        _protector = new SecretProtector(options);
        var connections = new CheckedConnections(
            new AddressRules([.. Options.AllowedNetworks.Select(network => IPNetwork.Parse(network))]), new HostResolver());
        _sender = new WebhookSender(
            new WebhookPayloads(new ChatTemplates(notifications), notifications), _protector, connections, options, Deliveries.Time);
        Deliveries.MoreChannels.Add(Channel);
    }

    public NotificationsWorld Deliveries { get; } = new();

    public WebhookOptions Options { get; }

    public Webhook this[Guid id] => _webhooks[id];

    public IWebhookStore Store(Fuse? fuse = null) => new MemoryStore(this, fuse ?? Fuse.Never);

    public WebhookChanges Changes(Fuse? fuse = null) => new(
        Store(fuse),
        new PendingDeliveries(Deliveries.Store(fuse), Deliveries.Time),
        _protector,
        Deliveries.Time,
        NullLogger<WebhookChanges>.Instance);

    public WebhookTrial Trial() => new(_sender, Microsoft.Extensions.Options.Options.Create(Deliveries.Options), Deliveries.Time);

    public WebhookReceivers Receivers() => new(Store(), _protector);

    public async Task<(Webhook Webhook, string? Secret)> AddAsync(
        Uri url, WebhookKind kind = WebhookKind.Standard, SubscriptionFilter? filter = null, string? template = null)
    {
        var request = new WebhookRequest
        {
            Name = "Registrar",
            Url = url,
            Kind = kind,
            Filter = filter ?? SubscriptionFilter.All,
            Template = template,
        };
        return (await Changes().CreateAsync(request, CancellationToken.None))!.Value;
    }

    /// <summary>Records a delivery to a webhook.</summary>
    public async Task<Delivery> TellAsync(Webhook webhook, NotificationEvent notificationEvent = NotificationEvent.ExportSucceeded)
    {
        var draft = new DeliveryDraft(
            notificationEvent,
            Guid.CreateVersion7().ToString("N"),
            Deliveries.Time.GetUtcNow(),
            EventSamples.Of(notificationEvent, Deliveries.Options.PublicUrl));
        var before = Deliveries.Deliveries.Select(delivery => delivery.Id).ToHashSet();
        await Deliveries.Outbox().TellAsync(
            draft, [new Receiver(NotificationChannel.Webhook, webhook.Name, webhook.Id)], CancellationToken.None);
        return Deliveries.Deliveries.Single(delivery => !before.Contains(delivery.Id));
    }

    public Task DeliverAsync(Delivery delivery, Fuse? fuse = null) =>
        Deliveries.Sending(fuse).ProcessAsync(new DeliveryMessage(delivery.Id), CancellationToken.None);

    public void Dispose() => _sender.Dispose();

    private WebhookChannel Channel(Fuse fuse) =>
        new(Store(fuse), _sender, Changes(fuse), _protector, Microsoft.Extensions.Options.Options.Create(Options), Deliveries.Time);

    private Webhook WithETag(Webhook webhook) => webhook with { ETag = new ETag(FormattableString.Invariant($"{++_version}")) };

    private sealed class MemoryStore(WebhooksWorld world, Fuse fuse) : IWebhookStore
    {
        public Task<Webhook?> TryAddAsync(Webhook webhook, int max, CancellationToken cancellationToken) => fuse.PassAsync(() =>
            Task.FromResult<Webhook?>(world._webhooks.Count < max ? world._webhooks[webhook.Id] = world.WithETag(webhook) : null));

        public Task<Webhook?> FindAsync(Guid id, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(world._webhooks.GetValueOrDefault(id)));

        public Task<RecordList<Webhook>> ListAsync(CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult<RecordList<Webhook>>([.. world._webhooks.Values]));

        public Task DeleteUnreadableAsync(Guid id, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Records in memory can be read.");

        public Task<Webhook?> TryUpdateAsync(Webhook webhook, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            var next = world.WithETag(webhook);
            return Task.FromResult(world._webhooks.TryGetValue(
                webhook.Id,
                out var stored) && stored.ETag == webhook.ETag && world._webhooks.TryUpdate(webhook.Id, next, stored) ? next : null);
        });

        public Task<bool> TryDeleteAsync(Webhook webhook, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(world._webhooks.TryGetValue(
                webhook.Id, out var stored) && stored.ETag == webhook.ETag && world._webhooks.TryRemove(webhook.Id, out _)));

        public Task<TimeSpan> FindHoldAsync(Guid id, CancellationToken cancellationToken) => fuse.PassAsync(() => Task.FromResult(
            world._holds.TryGetValue(id, out var until) && until > world.Deliveries.Time.GetUtcNow()
                ? until - world.Deliveries.Time.GetUtcNow()
                : TimeSpan.Zero));

        public Task HoldAsync(Guid id, TimeSpan duration, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            world._holds[id] = world.Deliveries.Time.GetUtcNow() + duration;
            return Task.CompletedTask;
        });

        public Task<DateTimeOffset?> FindFailingSinceAsync(Guid id, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult<DateTimeOffset?>(world._failing.TryGetValue(id, out var since) ? since : null));

        public Task SetFailingSinceAsync(Guid id, DateTimeOffset? since, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            if (since is { } instant)
                world._failing[id] = instant;
            else
                world._failing.TryRemove(id, out _);
            return Task.CompletedTask;
        });
    }
}
