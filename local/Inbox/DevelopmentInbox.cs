using System.Collections.Concurrent;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Mail;

namespace ExportFunctions.Local.Inbox;

/// <summary>
/// Receives the mails of a host without a mail server, so that a new user sees them without an account: the latest ones, for as long as the
/// host runs.
/// </summary>
internal sealed class DevelopmentInbox(TimeProvider time) : IMailSender
{
    /// <summary>The maximum number of mails kept.</summary>
    public const int MaxMails = 200;

    private readonly ConcurrentQueue<ReceivedMail> _mails = new();

    /// <summary>The mails, newest first.</summary>
    public IReadOnlyList<ReceivedMail> Mails => [.. _mails.Reverse()];

    public Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        // A retried mail is kept once, as on a server that deduplicates by Message-Id.
        if (_mails.All(received => received.Mail.Id != mail.Id))
            _mails.Enqueue(new ReceivedMail(mail, time.GetUtcNow()));
        while (_mails.Count > MaxMails)
            _mails.TryDequeue(out _);

        return Task.FromResult(new DeliveryAnswer(DeliveryOutcome.Accepted, $"Taken by the development inbox: {InboxPages.Path}"));
    }
}

/// <summary>A mail in the inbox.</summary>
/// <param name="Mail">The mail.</param>
/// <param name="ReceivedAt">When it was received.</param>
internal sealed record ReceivedMail(OutgoingMail Mail, DateTimeOffset ReceivedAt);
