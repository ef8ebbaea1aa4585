using ExportFunctions.Exports.Jobs;
using ExportFunctions.Notifications.Deliveries;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Expiry;

/// <summary>Notes in the calendar when the file of an export that succeeded is about to expire.</summary>
internal sealed class ExpiryEntries(
    IExpiryCalendar calendar, DeliveryOutbox outbox, IOptions<NotificationOptions> options) : IExportFollowUp
{
    public Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken) =>
        outbox.IsOpen && EntryOf(job, options.Value.ExpiringBefore) is { } entry && entry.TellAt > (job.FinishedAt ?? job.CreatedAt)
            ? calendar.AddAsync(entry, cancellationToken)
            : Task.CompletedTask;

    /// <summary>When people are to be told of a job's file; null when never.</summary>
    public static ExpiryEntry? EntryOf(ExportJob? job, TimeSpan before) =>
        before > TimeSpan.Zero && job is { Status: ExportStatus.Succeeded, File: { } file } ? new ExpiryEntry(
            job.Id, file.ExpiresAt - before) : null;
}
