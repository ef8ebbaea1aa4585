using System.Diagnostics;

namespace ExportFunctions.Exports.Queue;

/// <summary>The OpenTelemetry activities of the export queue.</summary>
public static class ExportActivities
{
    /// <summary>The name of their activity source.</summary>
    public const string Name = "ExportFunctions";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Starts the activity for sending a message, as a child of the current one.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The activity; null when there is no listener.</returns>
    public static Activity? StartSending(ExportMessage message)
    {
        var activity = Source.StartActivity("send export", ActivityKind.Producer);
        activity?
            .SetTag("messaging.system", "azure_storage_queue")
            .SetTag("messaging.operation.type", "send")
            .SetTag("export.id", message.JobId);
        return activity;
    }

    /// <summary>
    /// Starts the activity for processing a message: it belongs to the trace the message came from, with a link to the call that delivered
    /// it.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <returns>The activity; null when there is no listener.</returns>
    public static Activity? StartProcessing(ExportMessage message)
    {
        _ = ActivityContext.TryParse(message.Traceparent, traceState: null, isRemote: true, out var parent);
        var links = parent != default && Activity.Current is { } delivering
            ? [new ActivityLink(delivering.Context)]
            : Array.Empty<ActivityLink>();
        var activity = Source.StartActivity("process export", ActivityKind.Consumer, parent, links: links);
        activity?
            .SetTag("messaging.system", "azure_storage_queue")
            .SetTag("messaging.operation.type", "process")
            .SetTag("export.id", message.JobId);
        return activity;
    }
}
