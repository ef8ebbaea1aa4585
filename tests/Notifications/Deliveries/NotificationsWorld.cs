using System.Collections.Concurrent;
using Azure;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Mail;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Exports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Notifications.Deliveries;

/// <summary>Deliveries in memory: store, queue and a mail server that answers as a test wants.</summary>
internal sealed class NotificationsWorld
{
    private readonly ConcurrentDictionary<Guid, Delivery> _deliveries = new();
    private int _version;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));

    public NotificationOptions Options { get; } = new() { EmailEnabled = true, PublicUrl = "https://exports.example.org" };

    public IReadOnlyCollection<Delivery> Deliveries => [.. _deliveries.Values];

    /// <summary>The messages and their pauses, in order.</summary>
    public List<(Guid Id, TimeSpan Pause)> Messages { get; } = [];

    public List<ExportFunctions.Notifications.Mail.Mail> Mails { get; } = [];

    public Func<DeliveryAnswer> Answer { get; set; } = () => new DeliveryAnswer(DeliveryOutcome.Accepted, "250 OK");

    /// <summary>Those with a standing wish.</summary>
    public List<IReceiverSource> Sources { get; } = [];

    /// <summary>Makes channels beside the one of mails.</summary>
    public List<Func<Fuse, IDeliveryChannel>> MoreChannels { get; } = [];

    public DeliveryOutbox Outbox(Fuse? fuse = null) => new(Store(fuse), Queue(fuse), Channels(fuse), Sources, Time);

    public DeliverySending Sending(Fuse? fuse = null) => new(
        Store(fuse),
        Queue(fuse),
        Channels(fuse),
        Time,
        NullLogger<DeliverySending>.Instance);

    public async Task<Delivery> TellAsync(string to = "registrar@example.org")
    {
        var export = Guid.CreateVersion7();
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["dataset"] = "students", ["fileName"] = "students.csv" };
        var draft = new DeliveryDraft(NotificationEvent.ExportSucceeded, export.ToString("N"), Time.GetUtcNow(), values) { ExportId = export };
        await Outbox().TellAsync(draft, [Receiver.Mail(to)], CancellationToken.None);
        return Deliveries.Single(delivery => delivery.ExportId == export);
    }

    public Delivery this[Guid id] => _deliveries[id];

    public IDeliveryStore Store(Fuse? fuse) => new MemoryStore(this, fuse ?? Fuse.Never);

    private List<IDeliveryChannel> Channels(Fuse? fuse)
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        return [new MailChannel(new MemorySender(this, fuse ?? Fuse.Never), new MailTemplates(options), additions: [], options), .. MoreChannels.Select(make => make(fuse ?? Fuse.Never))];
    }

    private MemoryQueue Queue(Fuse? fuse) => new(this, fuse ?? Fuse.Never);

    private Delivery WithETag(Delivery delivery) => delivery with { ETag = new ETag(FormattableString.Invariant($"{++_version}")) };

    private sealed class MemoryStore(NotificationsWorld world, Fuse fuse) : IDeliveryStore
    {
        public Task<bool> TryAddAsync(Delivery delivery, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(world._deliveries.TryAdd(delivery.Id, world.WithETag(delivery))));

        public Task<Delivery?> FindAsync(Guid id, CancellationToken cancellationToken) => fuse.PassAsync(() => Task.FromResult(world._deliveries.GetValueOrDefault(id)));

        public Task<Delivery?> TryUpdateAsync(Delivery delivery, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            var next = world.WithETag(delivery);
            return Task.FromResult(world._deliveries.TryGetValue(delivery.Id, out var stored) && stored.ETag == delivery.ETag && world._deliveries.TryUpdate(delivery.Id, next, stored) ? next : null);
        });

        public Task<DeliveryPage> ListAsync(DeliveryQuery query, CancellationToken cancellationToken) => fuse.PassAsync(() => Task.FromResult(new DeliveryPage(
            [.. world._deliveries.Values.Where(delivery => (query.State is null || delivery.State == query.State) && (query.WebhookId is null || delivery.WebhookId == query.WebhookId))],
            ContinuationToken: null)));

        public Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken) => throw new NotSupportedException("Sweeping is tested on the real store.");
    }

    private sealed class MemoryQueue(NotificationsWorld world, Fuse fuse) : IDeliveryQueue
    {
        public Task SendAsync(DeliveryMessage message, TimeSpan pause, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            world.Messages.Add((message.DeliveryId, pause));
            return Task.CompletedTask;
        });
    }

    private sealed class MemorySender(NotificationsWorld world, Fuse fuse) : IMailSender
    {
        public Task<DeliveryAnswer> SendAsync(ExportFunctions.Notifications.Mail.Mail mail, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            var answer = world.Answer();
            if (answer.Outcome == DeliveryOutcome.Accepted)
                world.Mails.Add(mail);
            return Task.FromResult(answer);
        });
    }
}
