using ExportFunctions.Exports.Jobs;
using ExportFunctions.Notifications.Deliveries;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Expiry;

/// <summary>Adds the expiry of a succeeded export's file to the calendar.</summary>
internal sealed class ExpiryEntries(
    IExpiryCalendar calendar, DeliveryOutbox outbox, IOptions<NotificationOptions> options) : IExportFollowUp
{
    public Task FollowUpAsync(ExportJob job, CancellationToken cancellationToken) =>
        outbox.IsOpen && EntryOf(job, options.Value.ExpiringBefore) is { } entry && entry.TellAt > (job.FinishedAt ?? job.CreatedAt)
            ? calendar.AddAsync(entry, cancellationToken)
            : Task.CompletedTask;

    /// <summary>When to send the expiry notice for a job's file; null for never.</summary>
    public static ExpiryEntry? EntryOf(ExportJob? job, TimeSpan before) =>
        before > TimeSpan.Zero && job is { Status: ExportStatus.Succeeded, File: { } file } ? new ExpiryEntry(
            job.Id, file.ExpiresAt - before) : null;
}
