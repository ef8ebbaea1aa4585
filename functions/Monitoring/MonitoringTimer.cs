using ExportFunctions.Monitoring.Summaries;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Sums up the days that are over.</summary>
public sealed class MonitoringTimer(DaySummaries summaries)
{
    [Function("SummarizeMetrics")]
    public Task SummarizeAsync([TimerTrigger("%METRICS_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken) => summaries.MakeAsync(cancellationToken);
}
