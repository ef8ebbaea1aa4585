using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Mail;

/// <summary>Delivers by mail. Large content, a file or a report, is fetched when a mail is sent and not stored with the delivery.</summary>
internal sealed class MailChannel(
    IMailSender mails,
    MailTemplates templates,
    IEnumerable<IMailAddition> additions,
    IMailBudget budget,
    IOptions<NotificationOptions> options,
    IOptions<MailOptions> mailOptions,
    TimeProvider time) : IDeliveryChannel
{
    public NotificationChannel Channel => NotificationChannel.Email;

    public bool IsEnabled => options.Value.EmailEnabled;

    public TimeSpan MaxDuration => mailOptions.Value.Timeout;

    // Every mail goes through the same server.
    public string? TargetOf(Delivery delivery) => null;

    public async Task<DeliveryAnswer> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        // The list of allowed domains may have changed since.
        if (!options.Value.Allows(delivery.To))
            return new DeliveryAnswer(DeliveryOutcome.Refused, "Its domain is not among Notifications:AllowedDomains.");

        if (!delivery.IsAdmitted)
        {
            if (await budget.TakeAsync(cancellationToken) is not { } slot)
                return new DeliveryAnswer(
                    DeliveryOutcome.Refused,
                    "Not sent: more mails wait than Notifications:MaxMailsPerHour lets go in a day. Replay it later.");
            if (slot - time.GetUtcNow() is var pause && pause > TimeSpan.Zero)
                return new DeliveryAnswer(
                    DeliveryOutcome.NotNow,
                    "Waits: as many mails went out in this hour as Notifications:MaxMailsPerHour lets.")
                { RetryAfter = pause };
        }

        MailAttachment? attachment = null;
        var values = new Dictionary<string, string>(delivery.Values, StringComparer.Ordinal);
        foreach (var addition in additions)
            attachment ??= await addition.AddToAsync(delivery, values, cancellationToken);

        var mail = await templates.WriteAsync(delivery.Id, delivery.To, delivery.Event, values, cancellationToken);
        return await mails.SendAsync(mail with { Attachment = attachment }, cancellationToken);
    }

    public TimeSpan? PauseAfter(int attempts) => attempts < options.Value.MaxAttempts ? options.Value.PauseAfter(attempts) : null;
}
