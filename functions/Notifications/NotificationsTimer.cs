using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Expiry;
using ExportFunctions.Notifications.Reports;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Notifications;

/// <summary>Tells people of what comes with time: files that are about to expire, and the report of a week.</summary>
public sealed class NotificationsTimer(ExpiryNotices expiries, WeeklyReport report, DueDeliveries due)
{
    [Function("TellOfExpiringFiles")]
    public async Task TellOfExpiringFilesAsync([TimerTrigger("%EXPIRING_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        // A timer that fails is not run again before its next time, which for a report is a week away: this one goes on with it.
        await report.ResumeAsync(cancellationToken);
        await due.ResendAllAsync(cancellationToken);
        await expiries.TellAsync(cancellationToken);
    }

    [Function("SendWeeklyReport")]
    public Task SendWeeklyReportAsync([TimerTrigger("%REPORT_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken) =>
        report.StartAsync(cancellationToken);
}
