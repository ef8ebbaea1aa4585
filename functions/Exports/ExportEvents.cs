using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Http;

namespace ExportFunctions.Functions.Exports;

/// <summary>Follows a job as server-sent events: <c>progress</c> at every change, and at last <c>done</c>.</summary>
public sealed class ExportEvents(IExportJobStore jobs, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    // Proxies close a connection that is silent for a minute or less.
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15);

    internal async IAsyncEnumerable<SseItem<string>> FollowAsync(ExportJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var current = job;
        yield return Event(current);
        var said = time.GetTimestamp();
        while (!current.Status.IsFinal() && await WaitAsync(cancellationToken))
        {
            if (await jobs.FindAsync(job.Id, cancellationToken) is not { } found)
            {
                yield return new SseItem<string>("{}", "deleted");
                yield break;
            }

            if (found.ETag == current.ETag && time.GetElapsedTime(said) < MaxSilence)
                continue;

            current = found;
            said = time.GetTimestamp();
            yield return Event(current);
        }
    }

    /// <summary>False when the client left or the host stops. The stream then just ends: thrown, every closed browser tab would be a failed call in the host's log.</summary>
    private async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    private static SseItem<string> Event(ExportJob job) => new(
        JsonSerializer.Serialize(ExportResponse.Of(job), ApiJson.Default.ExportResponse),
        job.Status.IsFinal() ? "done" : "progress");
}
