using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Outages;
using ExportFunctions.Problems;
using ExportFunctions.Startup;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Writes one slice if it is free and its export needs it. The checkpoints, in order: find it, claim it, stage its blocks, record them.
/// Each may be repeated after a crash; a slice that is written again overwrites its own blocks of the claim before the last.
/// </summary>
internal sealed partial class SliceRun(
    ISliceStore slices,
    IExportJobStore jobs,
    ForeignSlices foreign,
    SliceClaims claims,
    SliceWriting writing,
    StagedSlices staged,
    TimeProvider time,
    ILogger<SliceRun> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Writes the slice.</summary>
    /// <param name="message">The slice.</param>
    /// <param name="begun">When the function that writes it began.</param>
    /// <param name="cancellationToken">The host's shutdown, or its function timeout.</param>
    public async Task RunAsync(SliceMessage message, long begun, CancellationToken cancellationToken)
    {
        if (await slices.FindAsync(message, cancellationToken) is not { } found || !found.IsFree(time.GetUtcNow()))
            return;
        if (await jobs.FindAsync(message.JobId, cancellationToken) is not { } job || !SliceLease.IsWanted(job))
            return;
        if (foreign.IsOthers(found, job))
        {
            await foreign.PassOnAsync(message, cancellationToken);
            return;
        }

        if (await claims.TryClaimAsync(found, cancellationToken) is not { } slice)
            return;

        await using var lease = claims.Hold(slice, cancellationToken);
        try
        {
            var (content, rest) = await writing.WriteAsync(job, slice, lease, begun, lease.Stopping);
            var written = await lease.CloseAsync();
            if (lease.IsLost)
                await staged.DiscardAsync(job);
            else
                await claims.EndAsync(
                    written, last => last with { State = SliceState.Done, Rows = content.Rows, Content = content, Error = null }, rest);
            Log.Done(logger, slice.JobId, slice.Number, slice.Claim, content.Rows, content.Bytes);
            IdleMemory.ReleaseIfLarge(Environment.WorkingSet);
        }
        catch (Exception exception)
        {
            var stopped = await lease.CloseAsync();
            if (lease.IsLost)
            {
                Log.Lost(logger, slice.JobId, slice.Number, slice.Claim);
                await staged.DiscardAsync(job);
                return;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                // A shutdown of the host is not the slice's fault; a timeout long after its time was up is.
                var isLate = writing.IsLate(begun);
                await claims.EndAsync(stopped, last => last with
                {
                    State = SliceState.Waiting,
                    SentAt = null,
                    Rows = 0,
                    FailedAttempts = last.FailedAttempts + (isLate ? 1 : 0),
                    Error = isLate ? SliceFailures.OutOfTime : last.Error,
                });
                throw;
            }

            var failure = ExportFailures.Of(exception);
            var isOutage = OutageFaults.IsOutage(exception);
            Log.Failed(logger, isOutage ? null : exception, slice.JobId, slice.Number, slice.Claim, failure.Code);
            if (isOutage)
                Log.Outage(logger, exception, slice.JobId, slice.Number);
            await claims.EndAsync(stopped, last => last with
            {
                State = failure.Kind == FailureKind.Permanent ? SliceState.Failed : SliceState.Waiting,
                FailedAttempts = last.FailedAttempts + 1,
                SentAt = null,
                RetryAt = time.GetUtcNow() + (FirstPause * Math.Pow(2, last.FailedAttempts)),
                Error = failure,
                Rows = 0,
            });
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Export {ExportId}, slice {Slice}, claim {Claim}: {Rows} rows, {Bytes} bytes staged.")]
        public static partial void Done(ILogger logger, Guid exportId, int slice, int claim, long rows, long bytes);

        [LoggerMessage(
            2, LogLevel.Warning, "Export {ExportId}, slice {Slice}, claim {Claim}: another worker holds it, or nobody wants it.")]
        public static partial void Lost(ILogger logger, Guid exportId, int slice, int claim);

        [LoggerMessage(6, LogLevel.Debug, "Export {ExportId}, slice {Slice} met an outage.")]
        public static partial void Outage(ILogger logger, Exception exception, Guid exportId, int slice);

        [LoggerMessage(3, LogLevel.Warning, "Export {ExportId}, slice {Slice}, claim {Claim} failed: {Code}.")]
        public static partial void Failed(ILogger logger, Exception? exception, Guid exportId, int slice, int claim, string code);
    }
}
