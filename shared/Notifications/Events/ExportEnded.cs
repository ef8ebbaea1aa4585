using System.Globalization;
using System.Text.Json;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Schedules;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Events;

/// <summary>Tells those whom the request names, and those whom its schedule does, that an export succeeded or failed. A canceled one is nobody's news.</summary>
internal sealed class ExportEnded(DeliveryOutbox outbox, IScheduleStore schedules, IOptions<NotificationOptions> options) : IExportFollowUp
{
    public async Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken)
    {
        if (EventOf(job) is not { } notificationEvent)
            return;

        var schedule = job.ScheduleId is { } scheduleId ? await schedules.FindAsync(scheduleId, cancellationToken) : null;
        var happening = new Happening(notificationEvent, job.Dataset, job.Format);
        var receivers = await outbox.FindReceiversAsync(happening, AddressesOf(job).Concat(schedule?.Notify ?? []), cancellationToken);
        if (receivers.Count == 0)
            return;

        var draft = new DeliveryDraft(notificationEvent, job.Id.ToString("N"), job.FinishedAt ?? job.CreatedAt, ValuesOf(job, schedule)) { ExportId = job.Id, ScheduleId = job.ScheduleId };
        await outbox.TellAsync(draft, receivers, cancellationToken);
    }

    private static NotificationEvent? EventOf(ExportJob job) => job.Status switch
    {
        ExportStatus.Succeeded => NotificationEvent.ExportSucceeded,
        ExportStatus.Failed => NotificationEvent.ExportFailed,
        _ => null,
    };

    private static List<string> AddressesOf(ExportJob job)
    {
        using var request = JsonDocument.Parse(job.RequestJson, ExportRequestReader.JsonOptions);
        return request.RootElement.TryGetProperty("notify", out var notify) && notify.ValueKind == JsonValueKind.Array
            ? [.. notify.EnumerateArray().Select(address => address.GetString()!)]
            : [];
    }

    private Dictionary<string, string> ValuesOf(ExportJob job, Schedule? schedule) => new(StringComparer.Ordinal)
    {
        ["exportId"] = job.Id.ToString(),
        ["dataset"] = job.Dataset,
        ["format"] = job.Format,
        ["fileName"] = job.FileName,
        ["rows"] = job.RowsWritten.ToString("N0", CultureInfo.InvariantCulture),
        ["size"] = Sizes.Text(job.File?.Bytes ?? 0),
        ["sha256"] = job.File?.Sha256 ?? "",
        ["expires"] = job.File is { } file ? $"{file.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "",
        ["asked"] = $"{job.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
        ["reason"] = job.Error?.Reason ?? "",
        ["code"] = job.Error?.Code ?? "",
        ["schedule"] = schedule?.Name ?? "",

        // The app's own link: it stays good, and makes a short-lived one for whom the app lets in.
        ["link"] = $"{options.Value.PublicUrl.TrimEnd('/')}/api/v1/exports/{job.Id}/file",
    };
}
