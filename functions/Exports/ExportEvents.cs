using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Http;
using ExportFunctions.Storage;

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
            var (isKnown, found) = await LookAsync(job.Id, cancellationToken);
            if (!isKnown)
                continue;

            if (found is null)
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

    /// <summary>Not known while storage doesn't answer: the stream goes on with the next look.</summary>
    private async Task<(bool IsKnown, ExportJob? Job)> LookAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return (true, await jobs.FindAsync(id, cancellationToken));
        }
        catch (Exception exception) when (
            exception is RequestFailedException or AggregateException or OperationCanceledException or UnreadableRecordException)
        {
            return (false, null);
        }
    }

    private static SseItem<string> Event(ExportJob job) => new(
        JsonSerializer.Serialize(ExportResponse.Of(job), ApiJson.Default.ExportResponse),
        job.Status.IsFinal() ? "done" : "progress");
}
