using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Notifications.Deliveries;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Mail;

/// <summary>
/// Attaches the file of an export whose request asks for it, if it exists and is small enough. Templates see the result as <c>attached</c>:
/// <c>yes</c>, <c>too large</c>, or nothing.
/// </summary>
internal sealed class FileAttachments(IExportJobStore jobs, IExportFileReader files, IOptions<NotificationOptions> options) : IMailAddition
{
    public async Task<MailAttachment?> AddToAsync(Delivery delivery, Dictionary<string, string> values, CancellationToken cancellationToken)
    {
        values["attached"] = "";
        if (delivery.Event != NotificationEvent.ExportSucceeded || delivery.Values.GetValueOrDefault(
            "attachFile") != "true" || delivery.ExportId is not { } id
            || await jobs.FindAsync(id, cancellationToken) is not { Status: ExportStatus.Succeeded, File: { } file } job)
            return null;

        if (file.Bytes > options.Value.AttachmentLimit)
        {
            values["attached"] = "too large";
            return null;
        }

        if (await files.ReadAsync(job, cancellationToken) is not { } content)
            return null;

        values["attached"] = "yes";
        return new MailAttachment(job.FileName, file.ContentType, content.ToMemory());
    }
}
