using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Makes a large file from slices. The worker that holds the export sends a few slices at a time to any free workers, meanwhile writes
/// slices itself, and joins the blocks when the last slice is done. If it dies, another worker takes over the export, and finished slices
/// are kept.
/// </summary>
internal sealed class SlicedFileMaker(
    ISliceStore slices,
    ISliceQueue queue,
    SliceProcessor processor,
    SliceJoining joining,
    IOptions<ExportOptions> options,
    TimeProvider time)
{
    /// <summary>
    /// The most slices a file may have: their sizes are stored in its metadata, which holds 8 KB. An export is partitioned into 500 at
    /// most; the others come from handovers.
    /// </summary>
    public const int MaxSlices = 700;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // Nothing else is sent over the snapshot's connection meanwhile: a dead one only shows at the next call.
    private static readonly TimeSpan SnapshotChecks = TimeSpan.FromSeconds(5);

    /// <summary>Makes the file; unpublished.</summary>
    /// <param name="job">The export, claimed.</param>
    /// <param name="request">The request.</param>
    /// <param name="plan">Its slices.</param>
    /// <param name="lease">Receives the progress.</param>
    /// <param name="begun">When the run it is part of began.</param>
    /// <exception cref="ExportFailureException">A slice can't be written.</exception>
    public async Task<FileMaking> MakeAsync(
        ExportJob job, ExportRequest request, SlicePlan plan, JobLease lease, long begun, CancellationToken cancellationToken)
    {
        lease.Expect(plan.Slices.Sum(slice => slice.RowsExpected));
        lease.Resume(plan.Slices.Sum(slice => slice.Rows));
        await ResetFailuresAsync(plan.Slices, cancellationToken);
        var looked = time.GetTimestamp();
        var own = Task.CompletedTask;
        try
        {
            while (true)
            {
                var now = await slices.ListAsync(job.Id, cancellationToken);
                lease.Report(now.Sum(slice => slice.Rows));
                if (plan.Snapshot is { } snapshot && time.GetElapsedTime(looked) > SnapshotChecks)
                {
                    await snapshot.CheckAsync(cancellationToken);
                    looked = time.GetTimestamp();
                }

                if (now.Count > MaxSlices)
                    throw new ExportFailureException(SliceFailures.TooMany);
                if (now.FirstOrDefault(IsGivenUp) is { } failed)
                    throw new ExportFailureException(failed.Error ?? ExportFailures.StorageUnavailable);
                if (now.All(slice => slice.State == SliceState.Done))
                    return await joining.JoinAsync(job, request, now, cancellationToken);

                // Finished slices are kept: the worker that takes over the export continues from there. But a snapshot would end with this
                // run, and its slices would be lost.
                var isOver = plan.Snapshot is null && time.GetElapsedTime(begun) > options.Value.RunTime;
                if (isOver && own.IsCompleted)
                    return new FileMaking.HandedOver();

                // First slices that were not sent to anyone, from the front; then those sent but not begun.
                var next = now.Where(slice => slice.IsFree(time.GetUtcNow())).OrderBy(slice => slice.SentAt is not null).FirstOrDefault();
                await SendAsync(now, except: next, cancellationToken);
                if (own.IsCompleted && next is not null && !isOver)
                    own = processor.ProcessOwnAsync(
                        SliceMessage.Of(next), plan.Snapshot is null ? begun : time.GetTimestamp(), cancellationToken);
                else if (own.IsCompleted)
                    await Task.Delay(Pause, time, cancellationToken);

                await Task.WhenAny(own, Task.Delay(Pause, time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
                if (own.IsCompleted)
                    await own;
            }
        }
        finally
        {
            await own.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whether it failed for good or has used up its attempts; the worker of the last attempt may have died as well.</summary>
    private bool IsGivenUp(Slice slice) =>
        slice.State == SliceState.Failed || (slice.FailedAttempts >= options.Value.MaxAttempts && slice.IsIdle(time.GetUtcNow()));

    /// <summary>When an export is retried, slices that were given up after transient errors get as many attempts as before.</summary>
    private async Task ResetFailuresAsync(IReadOnlyList<Slice> planned, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var slice in planned.Where(slice => slice.FailedAttempts > 0 && slice.IsIdle(now)))
            await slices.TryUpdateAsync(slice with { FailedAttempts = 0, RetryAt = null, Error = null }, cancellationToken);
    }

    /// <summary>
    /// Sends slices until enough are in progress. The others wait here, so that one large export does not fill the queue.
    /// </summary>
    private async Task SendAsync(IReadOnlyList<Slice> now, Slice? except, CancellationToken cancellationToken)
    {
        var instant = time.GetUtcNow();
        var underway = now.Count(slice => (slice.State == SliceState.Running && !slice.IsFree(instant)) || IsSent(slice, instant));
        foreach (var slice in now.Where(slice => slice != except && slice.IsFree(instant) && !IsSent(slice, instant)))
        {
            if (underway >= options.Value.SlicesInFlight)
                return;

            // Recorded first: a missing message is sent again once it is overdue, and an extra message does no harm.
            if (await slices.TryUpdateAsync(slice with { SentAt = instant }, cancellationToken) is null)
                continue;

            await queue.SendAsync(SliceMessage.Of(slice), cancellationToken);
            underway++;
        }
    }

    private bool IsSent(Slice slice, DateTimeOffset now) =>
        slice.State == SliceState.Waiting && slice.SentAt > now - options.Value.LostMessageAfter;
}
