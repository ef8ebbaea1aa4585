using ExportFunctions.Notifications.Deliveries;

namespace ExportFunctions.Notifications.Mail;

/// <summary>Adds to a mail what is too large to be kept with its delivery: a file, a report. It is fetched when the mail is sent.</summary>
internal interface IMailAddition
{
    /// <summary>Adds values that the templates may say, and gives the file that goes with the mail; null for none.</summary>
    Task<MailAttachment?> AddToAsync(Delivery delivery, Dictionary<string, string> values, CancellationToken cancellationToken);
}
