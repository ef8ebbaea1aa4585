using System.Diagnostics;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Monitoring.Recording;

namespace ExportFunctions.Monitoring.Telemetry;

/// <summary>Counts attempts as they are recorded, and sets the attempt's outcome on the current activity.</summary>
internal sealed class AttemptTelemetry(ExportMetrics metrics) : IAttemptListener
{
    public Task OnRecordedAsync(AttemptRecord record, bool isNew, CancellationToken cancellationToken)
    {
        if (!isNew)
            return Task.CompletedTask;

        metrics.Count(record);
        if (Activity.Current is { Source.Name: ExportActivities.Name, Kind: ActivityKind.Consumer } processing
            && processing.GetTagItem("export.id") is Guid id && id == record.ExportId)
            Describe(processing, record);
        return Task.CompletedTask;
    }

    private static void Describe(Activity processing, AttemptRecord record)
    {
        processing
            .SetTag("export.attempt", record.Attempt)
            .SetTag("export.dataset", record.Dataset)
            .SetTag("export.format", record.Format)
            .SetTag("export.outcome", record.Outcome.Name())
            .SetTag("export.rows", record.Rows)
            .SetTag("export.bytes", record.Bytes);
        if (record.ErrorCode is { } code)
            processing.SetTag("error.type", code).SetStatus(ActivityStatusCode.Error, code);
    }
}
