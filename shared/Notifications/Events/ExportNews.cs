using System.Globalization;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Problems;
using ExportFunctions.Schedules;
using ExportFunctions.Storage;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Events;

/// <summary>The receivers of an export's notifications, and the values for the templates.</summary>
internal sealed class ExportNews(DeliveryOutbox outbox, IScheduleStore schedules, IOptions<NotificationOptions> options)
{
    /// <summary>The receivers and the values; no values when there are no receivers.</summary>
    public async Task<(IReadOnlyList<Receiver> Receivers, IReadOnlyDictionary<string, string> Values)> OfAsync(
        NotificationEvent notificationEvent, ExportJob job, CancellationToken cancellationToken)
    {
        if (!outbox.IsOpen)
            return ([], new Dictionary<string, string>(StringComparer.Ordinal));

        var schedule = await FindScheduleAsync(job, cancellationToken);
        var asked = StoredRequest.Parse(job.RequestJson);
        var happening = new Happening(notificationEvent, job.Dataset, job.Format);
        var receivers = await outbox.FindReceiversAsync(happening, asked.Notify.Concat(schedule?.Notify ?? []), cancellationToken);
        return (receivers, receivers.Count == 0 ? new Dictionary<string, string>(StringComparer.Ordinal) : ValuesOf(job, asked, schedule));
    }

    private async Task<Schedule?> FindScheduleAsync(ExportJob job, CancellationToken cancellationToken)
    {
        try
        {
            return job.ScheduleId is { } id ? await schedules.FindAsync(id, cancellationToken) : null;
        }
        catch (UnreadableRecordException)
        {
            // The addresses it names are unknown; the other receivers are still notified.
            return null;
        }
    }

    private Dictionary<string, string> ValuesOf(ExportJob job, StoredRequest asked, Schedule? schedule) => new(StringComparer.Ordinal)
    {
        ["exportId"] = job.Id.ToString(),
        ["dataset"] = job.Dataset,
        ["format"] = job.Format,
        ["fileName"] = job.FileName,
        ["rows"] = job.RowsWritten.ToString("N0", CultureInfo.InvariantCulture),
        ["size"] = FileSizes.ToText(job.File?.Bytes ?? 0),
        ["sha256"] = job.File?.Sha256 ?? "",
        ["expires"] = job.File is { } file ? Instant(file.ExpiresAt) : "",
        ["asked"] = Instant(job.CreatedAt),
        ["reason"] = job.Error?.Reason ?? "",
        ["code"] = job.Error?.Code ?? "",
        ["schedule"] = schedule?.Name ?? "",
        ["attachFile"] = asked.AttachFile ? "true" : "",

        // The app's own link: it does not expire, and issues a short-lived one to users whom the app authorizes.
        ["link"] = $"{options.Value.PublicUrl.TrimEnd('/')}/api/v1/exports/{job.Id}/file",
    };

    private static string Instant(DateTimeOffset instant) => $"{instant.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
}
