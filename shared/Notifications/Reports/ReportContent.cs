using System.Globalization;
using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Monitoring.Reports;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Mail;

namespace ExportFunctions.Notifications.Reports;

/// <summary>Renders the report in a mail, for the days that its delivery names.</summary>
internal sealed class ReportContent(ReportWriter reports) : IMailAddition
{
    /// <summary>Adds <c>report</c>, the tables as HTML for mail, and <c>reportText</c>, the same as Markdown.</summary>
    public async Task<MailAttachment?> AddToAsync(Delivery delivery, Dictionary<string, string> values, CancellationToken cancellationToken)
    {
        if (delivery.Event != NotificationEvent.ReportWeekly)
            return null;

        var week = new PerformanceQuery(Day(values["from"]), Day(values["to"]).AddDays(1));
        var report = await reports.GatherAsync(week, cancellationToken);
        values["report"] = MailReport.Write(report);
        values["reportText"] = ReportWriter.Write(report, ReportFormat.Markdown);
        return null;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
}
