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
    private readonly ConcurrentDictionary<ETag, DateTimeOffset> _writtenAt = new();
    private int _version;
    private Func<Task>? _afterLook;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));

    public NotificationOptions Options { get; } = new() { EmailEnabled = true, PublicUrl = "https://exports.example.org" };

    public MailOptions MailOptions { get; } = new() { Host = "mail.example.org" };

    public IReadOnlyCollection<Delivery> Deliveries => [.. _deliveries.Values];

    /// <summary>The messages and their pauses, in order.</summary>
    public List<(Guid Id, TimeSpan Pause)> Messages { get; } = [];

    /// <summary>How many messages each queue says it holds.</summary>
    public int InQueue { get; set; }

    /// <summary>Whether a queue says that a message is there to be taken.</summary>
    public bool HasVisible { get; set; }

    /// <summary>How often deliveries were listed.</summary>
    public int Lists { get; private set; }

    /// <summary>The messages themselves, in order.</summary>
    public List<DeliveryMessage> Sent { get; } = [];

    public List<OutgoingMail> Mails { get; } = [];

    public Func<DeliveryAnswer> Answer { get; set; } = () => new DeliveryAnswer(DeliveryOutcome.Accepted, "250 OK");

    /// <summary>When a new mail may go; null when too many wait.</summary>
    public Func<DateTimeOffset?> NextMail { get; set; } = () => DateTimeOffset.MinValue;

    /// <summary>What the mail server does before it answers.</summary>
    public Func<CancellationToken, Task> BeforeAnswer { get; set; } = _ => Task.CompletedTask;

    /// <summary>A real sender in place of the one that answers as a test wants.</summary>
    public IMailSender? Sender { get; init; }

    /// <summary>The host's places for calls.</summary>
    public DeliverySlots? Slots { get; set; }

    /// <summary>The clock of tries; null for <see cref="Time"/>.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Those with a standing wish.</summary>
    public List<IReceiverSource> Sources { get; } = [];

    /// <summary>Makes channels beside the one of mails.</summary>
    public List<Func<Fuse, IDeliveryChannel>> MoreChannels { get; } = [];

    public DeliveryOutbox Outbox(Fuse? fuse = null) => new(Store(fuse), Queue(fuse), Channels(fuse), Sources, Time);

    public DeliverySending Sending(Fuse? fuse = null) => new(
        Store(fuse),
        Queue(fuse),
        Channels(fuse),
        Slots ?? (Slots = new DeliverySlots(Clock ?? Time)),
        Clock ?? Time,
        NullLogger<DeliverySending>.Instance);

    /// <summary>Sends, and something happens after the first look at a record.</summary>
    public DeliverySending SendingAfterLook(Func<Task> act)
    {
        _afterLook = act;
        return Sending();
    }

    public DueDeliveries Due(Fuse? fuse = null) => new(
        Store(fuse),
        Queue(fuse),
        Channels(fuse),
        Microsoft.Extensions.Options.Options.Create(Options),
        Time,
        NullLogger<DueDeliveries>.Instance);

    public async Task<Delivery> TellAsync(string to = "registrar@example.org")
    {
        var (draft, receivers) = Draft(Time.GetUtcNow(), to);
        await Outbox().TellAsync(draft, receivers, CancellationToken.None);
        return Deliveries.Single(delivery => delivery.ExportId == draft.ExportId);
    }

    /// <summary>What is told of an export, and to whom.</summary>
    public static (DeliveryDraft Draft, IReadOnlyList<Receiver> Receivers) Draft(DateTimeOffset at, string to = "registrar@example.org")
    {
        var export = Guid.CreateVersion7();
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["dataset"] = "students", ["fileName"] = "students.csv" };
        return (
            new DeliveryDraft(NotificationEvent.ExportSucceeded, export.ToString("N"), at, values) { ExportId = export },
            [Receiver.Mail(to)]);
    }

    public Delivery this[Guid id] => _deliveries[id];

    public IDeliveryStore Store(Fuse? fuse) => new MemoryStore(this, fuse ?? Fuse.Never);

    private List<IDeliveryChannel> Channels(Fuse? fuse)
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        return [new MailChannel(
            Sender ?? new MemorySender(this, fuse ?? Fuse.Never),
            new MailTemplates(options),
            additions: [],
            new MemoryBudget(this),
            options,
            Microsoft.Extensions.Options.Options.Create(MailOptions),
            Time), .. MoreChannels.Select(make => make(fuse ?? Fuse.Never))];
    }

    private MemoryQueue Queue(Fuse? fuse) => new(this, fuse ?? Fuse.Never);

    private Delivery WithETag(Delivery delivery)
    {
        var etag = new ETag(FormattableString.Invariant($"{Interlocked.Increment(ref _version)}"));
        _writtenAt[etag] = Time.GetUtcNow();
        return delivery with { ETag = etag };
    }

    private Delivery WithAge(Delivery delivery) => delivery with { Age = Time.GetUtcNow() - _writtenAt[delivery.ETag] };

    private sealed class MemoryStore(NotificationsWorld world, Fuse fuse) : IDeliveryStore
    {
        public Task<bool> TryAddAsync(Delivery delivery, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(world._deliveries.TryAdd(delivery.Id, world.WithETag(delivery))));

        public Task<Delivery?> FindAsync(Guid id, CancellationToken cancellationToken) => fuse.PassAsync(async () =>
        {
            var found = world._deliveries.GetValueOrDefault(id) is { } delivery ? world.WithAge(delivery) : null;
            if (Interlocked.Exchange(ref world._afterLook, null) is { } act)
                await act();
            return found;
        });

        public Task<Delivery?> TryUpdateAsync(Delivery delivery, CancellationToken cancellationToken) => fuse.PassAsync(() =>
        {
            var next = world.WithETag(delivery);
            return Task.FromResult(world._deliveries.TryGetValue(
                delivery.Id,
                out var stored) && stored.ETag == delivery.ETag && world._deliveries.TryUpdate(delivery.Id, next, stored) ? next : null);
        });

        public Task<DeliveryPage> ListAsync(DeliveryQuery query, CancellationToken cancellationToken)
        {
            world.Lists++;
            return fuse.PassAsync(() => Task.FromResult(PageOf(query)));
        }

        private DeliveryPage PageOf(DeliveryQuery query) => new(
            [.. world._deliveries.Values
                .Where(delivery => (query.State is null || delivery.State == query.State) && (
                    query.WebhookId is null || delivery.WebhookId == query.WebhookId))
                .Select(world.WithAge)],
            ContinuationToken: null);

        public Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Sweeping is tested on the real store.");
    }

    private sealed class MemoryQueue(NotificationsWorld world, Fuse fuse) : IDeliveryQueue
    {
        public Task SendAsync(NotificationChannel channel, DeliveryMessage message, TimeSpan pause, CancellationToken cancellationToken) =>
            fuse.PassAsync(() =>
        {
            world.Messages.Add((message.DeliveryId, pause));
            world.Sent.Add(message);
            return Task.CompletedTask;
        });

        public Task<int> CountAsync(NotificationChannel channel, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(world.InQueue));

        public Task<bool> HasVisibleAsync(NotificationChannel channel, CancellationToken cancellationToken) =>
            fuse.PassAsync(() => Task.FromResult(world.HasVisible));
    }

    private sealed class MemoryBudget(NotificationsWorld world) : IMailBudget
    {
        public Task<DateTimeOffset?> TakeAsync(CancellationToken cancellationToken) => Task.FromResult(world.NextMail());

        public Task<DateTimeOffset> NextAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException("The deliveries take their places without looking first.");
    }

    private sealed class MemorySender(NotificationsWorld world, Fuse fuse) : IMailSender
    {
        public Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellationToken) =>
            fuse.PassAsync(async () =>
        {
            await world.BeforeAnswer(cancellationToken);
            var answer = world.Answer();
            if (answer.Outcome == DeliveryOutcome.Accepted)
                world.Mails.Add(mail);
            return answer;
        });
    }
}
