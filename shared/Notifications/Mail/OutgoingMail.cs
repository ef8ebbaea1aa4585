using ExportFunctions.Notifications.Deliveries;

namespace ExportFunctions.Notifications.Mail;

/// <summary>A mail to one person.</summary>
/// <param name="Id">
/// The delivery's id: the same for every attempt, so that a server that deduplicates by <c>Message-Id</c> accepts a mail once.
/// </param>
/// <param name="To">The address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The body as plain text.</param>
/// <param name="Html">The body as HTML.</param>
public sealed record OutgoingMail(Guid Id, string To, string Subject, string Text, string Html)
{
    /// <summary>The attached file; null for none.</summary>
    public MailAttachment? Attachment { get; init; }
}

/// <summary>Sends mails. The seam between notifications and the mail transport.</summary>
public interface IMailSender
{
    /// <summary>Sends a mail.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="cancellationToken">Stops the attempt; the mail may be sent anyway.</param>
    /// <returns>The outcome.</returns>
    Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
