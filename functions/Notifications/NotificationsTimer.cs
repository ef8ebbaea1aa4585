using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Expiry;
using ExportFunctions.Notifications.Reports;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Notifications;

/// <summary>Sends the notifications that depend on time: files about to expire, and the weekly report.</summary>
public sealed class NotificationsTimer(ExpiryNotices expiries, WeeklyReport report, DueDeliveries due)
{
    [Function("TellOfExpiringFiles")]
    public async Task TellOfExpiringFilesAsync([TimerTrigger("%EXPIRING_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        // A failed timer isn't run again until its next time, which for a report is a week away: this one continues it.
        await report.ResumeAsync(cancellationToken);
        await due.ResendAllAsync(cancellationToken);
        await expiries.TellAsync(cancellationToken);
    }

    [Function("SendWeeklyReport")]
    public Task SendWeeklyReportAsync([TimerTrigger("%REPORT_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken) =>
        report.StartAsync(cancellationToken);
}
