using ExportFunctions.Notifications.Deliveries;

namespace ExportFunctions.Notifications.Mail;

/// <summary>
/// Adds content to a mail that is too large to be stored with its delivery: a file, a report. It is fetched when the mail is sent.
/// </summary>
internal interface IMailAddition
{
    /// <summary>Adds values for the templates, and returns the file to attach; null for none.</summary>
    Task<MailAttachment?> AddToAsync(Delivery delivery, Dictionary<string, string> values, CancellationToken cancellationToken);
}
