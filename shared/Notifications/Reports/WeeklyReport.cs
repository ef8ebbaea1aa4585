using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Monitoring.Reports;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Reports;

/// <summary>Sends subscribers the report on a week's exports, once a week however often it is started.</summary>
public sealed class WeeklyReport
{
    private readonly ReportWriter _reports;
    private readonly IReportProgress _progress;
    private readonly DeliveryOutbox _outbox;
    private readonly NotificationOptions _options;

    internal WeeklyReport(ReportWriter reports, IReportProgress progress, DeliveryOutbox outbox, IOptions<NotificationOptions> options)
    {
        _reports = reports;
        _progress = progress;
        _outbox = outbox;
        _options = options.Value;
    }

    /// <summary>Starts the report of the seven whole days before today.</summary>
    /// <param name="cancellationToken">Stops the call; <see cref="ResumeAsync"/> continues.</param>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!_outbox.IsOpen)
            return;

        var progress = await _progress.FindAsync(cancellationToken);
        var due = _reports.LastWeek().To;
        if (progress.Due > due.AddDays(1))
            // Written by a clock that ran ahead: there would be no report until then. A report that was sent already is not sent twice.
            await _progress.SaveAsync(progress with { Due = due, Told = null }, cancellationToken);
        else if (progress.Due is null || progress.Due < due)
            await _progress.SaveAsync(progress with { Due = due }, cancellationToken);
        await ResumeAsync(cancellationToken);
    }

    /// <summary>Resumes a report whose host died or that failed; otherwise does nothing.</summary>
    /// <param name="cancellationToken">Stops the call; the next one continues.</param>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var progress = await _progress.FindAsync(cancellationToken);
        if (progress.Due is not { } due || progress.Told >= due)
            return;

        var receivers = await _outbox.FindReceiversAsync(new Happening(NotificationEvent.ReportWeekly), [], cancellationToken);
        if (receivers.Count > 0)
            await TellAsync(new PerformanceQuery(due.AddDays(-PerformanceQuery.DefaultDays), due), receivers, cancellationToken);
        await _progress.SaveAsync(progress with { Told = due }, cancellationToken);
    }

    private async Task TellAsync(PerformanceQuery week, IReadOnlyList<Receiver> receivers, CancellationToken cancellationToken)
    {
        var report = await _reports.GatherAsync(week, cancellationToken);
        var happenedAt = new DateTimeOffset(week.To, TimeOnly.MinValue, TimeSpan.Zero);
        await _outbox.TellAsync(
            new DeliveryDraft(NotificationEvent.ReportWeekly, $"{week.From:O}", happenedAt, ValuesOf(report, week)),
            receivers,
            cancellationToken);
    }

    private Dictionary<string, string> ValuesOf(PerformanceReport report, PerformanceQuery week)
    {
        var totals = report.Summary.Totals;
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = report.Title,
            ["from"] = $"{week.From:O}",
            ["to"] = $"{week.To.AddDays(-1):O}",
            ["exports"] = ReportText.Count(totals.Exports),
            ["succeeded"] = ReportText.Count(totals.Succeeded),
            ["failed"] = ReportText.Count(totals.Failed),
            ["successRate"] = totals.SuccessRate is { } rate ? ReportText.Percent(rate) : "",
            ["rows"] = ReportText.Count(totals.Rows),
            ["size"] = FileSizes.ToText(totals.Bytes),
            ["link"] = $"{_options.PublicUrl.TrimEnd('/')}/api/v1/performance/report?format=html&from={week.From:O}&to={week.To:O}",
        };
    }
}
