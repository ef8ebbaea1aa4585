using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Functions.Http;
using ExportFunctions.Storage;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Functions.Exports;

/// <summary>
/// Streams exports as server-sent events: <c>progress</c> at every change, and <c>done</c> at the end. All streams of an export on this
/// host share one poll of its job.
/// </summary>
public sealed class ExportEvents(IExportJobStore jobs, TimeProvider time, IOptions<HttpOptions> options)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    // Proxies close a connection that is silent for a minute, some sooner.
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Poll> _polls = [];
    private int _streams;

    /// <summary>Opens a stream; null when the limit of open streams is reached.</summary>
    /// <param name="id">The export's id.</param>
    /// <returns>The stream, which counts towards the limit until it is disposed.</returns>
    internal EventStream? TryOpen(Guid id)
    {
        lock (_lock)
        {
            if (_streams >= options.Value.MaxEventStreams)
                return null;

            _streams++;
            if (!_polls.TryGetValue(id, out var poll))
                _polls[id] = poll = new Poll(id, new SharedResult<Reading>(time, Interval, () => ReadAsync(id)));

            poll.Streams++;
            return new EventStream(this, poll);
        }
    }

    private void Close(Poll poll)
    {
        lock (_lock)
        {
            _streams--;
            if (--poll.Streams == 0)
                _polls.Remove(poll.Id);
        }
    }

    private async IAsyncEnumerable<SseItem<string>> FollowAsync(
        ExportJob job, Poll poll, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var current = job;
        yield return Event(current);
        var said = time.GetTimestamp();
        while (!current.Status.IsFinal() && await WaitAsync(cancellationToken))
        {
            var reading = await ReadingAsync(poll, cancellationToken);
            if (!reading.IsKnown)
                continue;

            if (reading.Job is not { } found)
            {
                yield return new SseItem<string>("{}", "deleted");
                yield break;
            }

            if (found.ETag == current.ETag && time.GetElapsedTime(said) < MaxSilence)
                continue;

            current = found;
            said = time.GetTimestamp();
            yield return reading.Event!.Value;
        }
    }

    /// <summary>
    /// False when the client disconnected or the host is stopping. The stream then just ends: with an exception, every closed browser tab
    /// would be a failed call in the host's log.
    /// </summary>
    private async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    private static async Task<Reading> ReadingAsync(Poll poll, CancellationToken cancellationToken)
    {
        try
        {
            return await poll.Readings.GetAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Reading.Unknown;
        }
    }

    /// <summary>Reads the job; unknown while storage doesn't respond, in which case the streams continue with the next read.</summary>
    private async Task<Reading> ReadAsync(Guid id)
    {
        try
        {
            var job = await jobs.FindAsync(id, CancellationToken.None);
            return new Reading(IsKnown: true, job, job is null ? null : Event(job));
        }
        catch (Exception exception) when (
            exception is RequestFailedException or AggregateException or OperationCanceledException or UnreadableRecordException)
        {
            return Reading.Unknown;
        }
    }

    private static SseItem<string> Event(ExportJob job) => new(
        JsonSerializer.Serialize(ExportResponse.Of(job), ExportsApiJson.Default.ExportResponse),
        job.Status.IsFinal() ? "done" : "progress");

    /// <summary>An open stream.</summary>
    internal sealed class EventStream : IDisposable
    {
        private readonly ExportEvents _events;
        private readonly Poll _poll;
        private int _disposed;

        internal EventStream(ExportEvents events, Poll poll)
        {
            _events = events;
            _poll = poll;
        }

        /// <summary>The events.</summary>
        /// <param name="job">The job as it is now.</param>
        /// <param name="cancellationToken">Ends the stream.</param>
        public IAsyncEnumerable<SseItem<string>> FollowAsync(ExportJob job, CancellationToken cancellationToken) =>
            _events.FollowAsync(job, _poll, cancellationToken);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                _events.Close(_poll);
        }
    }

    /// <summary>The state shared by the streams of an export.</summary>
    internal sealed class Poll(Guid id, SharedResult<Reading> readings)
    {
        public Guid Id => id;

        public SharedResult<Reading> Readings => readings;

        public int Streams { get; set; }
    }

    /// <summary>A job as read; its event is serialized once for all streams.</summary>
    internal sealed record Reading(bool IsKnown, ExportJob? Job, SseItem<string>? Event)
    {
        public static Reading Unknown { get; } = new(IsKnown: false, Job: null, Event: null);
    }
}
