using ExportFunctions.Notifications.Deliveries;

namespace ExportFunctions.Notifications.Mail;

/// <summary>A mail to one person.</summary>
/// <param name="Id">The delivery's id: every try has the same, so that a server that goes by <c>Message-Id</c> takes a mail once.</param>
/// <param name="To">The address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The body as plain text.</param>
/// <param name="Html">The body as HTML.</param>
public sealed record OutgoingMail(Guid Id, string To, string Subject, string Text, string Html)
{
    /// <summary>The file that goes with it; null for none.</summary>
    public MailAttachment? Attachment { get; init; }
}

/// <summary>Sends mails. The seam between notifications and how mail leaves the house.</summary>
public interface IMailSender
{
    /// <summary>Sends a mail.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="cancellationToken">Stops the try; the mail may be sent all the same.</param>
    /// <returns>What came of it.</returns>
    Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
