using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Mail;

/// <summary>Delivers by mail.</summary>
internal sealed class MailChannel(IMailSender mails, MailTemplates templates, IOptions<NotificationOptions> options) : IDeliveryChannel
{
    public NotificationChannel Channel => NotificationChannel.Email;

    public bool IsEnabled => options.Value.EmailEnabled;

    public async Task<DeliveryAnswer> SendAsync(Delivery delivery, CancellationToken cancellationToken) =>
        // The list of allowed domains may be another by now.
        options.Value.Allows(delivery.To)
            ? await mails.SendAsync(await templates.WriteAsync(delivery.Id, delivery.To, delivery.Event, delivery.Values), cancellationToken)
            : new DeliveryAnswer(DeliveryOutcome.Refused, "Its domain is not among Notifications:AllowedDomains.");

    public TimeSpan? PauseAfter(int attempts) =>
        attempts < options.Value.MostAttempts ? options.Value.RetryDelay * Math.Pow(2, attempts - 1) : null;
}
