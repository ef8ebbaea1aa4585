using ExportFunctions.Notifications.Deliveries;

namespace ExportFunctions.Notifications.Mail;

/// <summary>The sender when no way of sending mails is configured.</summary>
internal sealed class NoMailSender : IMailSender
{
    public Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellationToken) =>
        Task.FromResult(
            new DeliveryAnswer(DeliveryOutcome.TryLater, "Nothing says how mails are sent: set SMTP_HOST or SENDGRID_API_KEY."));
}
