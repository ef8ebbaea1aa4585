using ExportFunctions.Monitoring;
using ExportFunctions.Monitoring.Summaries;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Aggregates the past days, and removes those that are no longer kept.</summary>
public sealed class MonitoringTimer(DaySummaries summaries, MetricsRetention retention)
{
    [Function("SummarizeMetrics")]
    public async Task SummarizeAsync([TimerTrigger("%METRICS_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await retention.SweepAsync(cancellationToken);
        await summaries.MakeAsync(cancellationToken);
    }
}
