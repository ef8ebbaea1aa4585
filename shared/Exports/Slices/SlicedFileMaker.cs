using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Makes a large file of slices. The worker that holds the export sends some slices at a time to whoever is free, writes slices itself
/// meanwhile, and joins the blocks when the last slice is done. When it dies another worker takes the export up, and what is written
/// stays written.
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
    /// The most slices a file may have: their sizes stand in its metadata, which holds 8 KB. An export is partitioned into 500 at most; the
    /// others were handed over.
    /// </summary>
    public const int MaxSlices = 700;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // Nothing is sent over a snapshot's connection meanwhile: a dead one shows with the next word.
    private static readonly TimeSpan SnapshotChecks = TimeSpan.FromSeconds(5);

    /// <summary>Makes the file; unpublished.</summary>
    /// <param name="job">The export, claimed.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="plan">Its slices.</param>
    /// <param name="lease">Takes the progress.</param>
    /// <param name="begun">When the run began that it is part of.</param>
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

                // What is written stays written: the worker that takes the export up again goes on from there.
                // A snapshot would end with this run, and with it what is written.
                var isOver = plan.Snapshot is null && time.GetElapsedTime(begun) > options.Value.RunTime;
                if (isOver && own.IsCompleted)
                    return new FileMaking.HandedOver();

                // First what nobody was sent, from the front; then what whoever was sent it has not begun yet.
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

    /// <summary>Whether it failed for good, or has been tried often enough; the worker that tries it last may have died as well.</summary>
    private bool IsGivenUp(Slice slice) =>
        slice.State == SliceState.Failed || (slice.FailedAttempts >= options.Value.MaxAttempts && slice.IsIdle(time.GetUtcNow()));

    /// <summary>An export that is tried again gives slices that were given up after faults that may pass as many tries as before.</summary>
    private async Task ResetFailuresAsync(IReadOnlyList<Slice> planned, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var slice in planned.Where(slice => slice.FailedAttempts > 0 && slice.IsIdle(now)))
            await slices.TryUpdateAsync(slice with { FailedAttempts = 0, RetryAt = null, Error = null }, cancellationToken);
    }

    /// <summary>
    /// Sends slices until there are enough underway. The others wait here, so that one large export does not fill the queue.
    /// </summary>
    private async Task SendAsync(IReadOnlyList<Slice> now, Slice? except, CancellationToken cancellationToken)
    {
        var instant = time.GetUtcNow();
        var underway = now.Count(slice => (slice.State == SliceState.Running && !slice.IsFree(instant)) || IsSent(slice, instant));
        foreach (var slice in now.Where(slice => slice != except && slice.IsFree(instant) && !IsSent(slice, instant)))
        {
            if (underway >= options.Value.SlicesInFlight)
                return;

            // Noted first: a message too few is sent again when it has been waited for too long, and a message too many does no harm.
            if (await slices.TryUpdateAsync(slice with { SentAt = instant }, cancellationToken) is null)
                continue;

            await queue.SendAsync(SliceMessage.Of(slice), cancellationToken);
            underway++;
        }
    }

    private bool IsSent(Slice slice, DateTimeOffset now) =>
        slice.State == SliceState.Waiting && slice.SentAt > now - options.Value.LostMessageAfter;
}
