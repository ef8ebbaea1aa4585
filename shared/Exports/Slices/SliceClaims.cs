using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Slices;

/// <summary>Claims slices for this host, and holds them while they are written.</summary>
internal sealed partial class SliceClaims(
    ISliceStore slices, IExportJobStore jobs, IOptions<ExportOptions> options, TimeProvider time, ILogger<SliceClaims> logger)
{
    /// <summary>Claims a slice; null when another worker was first.</summary>
    public async Task<Slice?> TryClaimAsync(Slice slice, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await slices.TryUpdateAsync(
            slice with
            {
                State = SliceState.Running,
                Claim = slice.Claim + 1,

                // A slice that is still marked running has an expired lease: its worker died.
                FailedAttempts = slice.FailedAttempts + (slice.State == SliceState.Running ? 1 : 0),
                Error = slice.State == SliceState.Running ? ExportFailures.WorkerLost : slice.Error,
                LeaseOwner = Guid.CreateVersion7(now).ToString("N"),
                LeaseUntil = now + options.Value.SliceLeaseDuration,
                Rows = 0,
            },
            cancellationToken);
    }

    /// <summary>Holds a claimed slice until the lease is closed.</summary>
    public SliceLease Hold(Slice slice, CancellationToken cancellationToken) =>
        new(slice, slices, jobs, options.Value, time, logger, cancellationToken);

    /// <summary>Records how a claim ended.</summary>
    /// <param name="slice">The slice, as its worker last stored it.</param>
    /// <param name="change">The change to the record.</param>
    /// <param name="rest">The rest as a slice of its own; null when there is none.</param>
    public async Task EndAsync(Slice slice, Func<Slice, Slice> change, Slice? rest = null)
    {
        using var last = new CancellationTokenSource(options.Value.LastWriteTimeout, time);
        var ended = change(slice) with { LeaseOwner = null, LeaseUntil = null };
        if (rest is null)
            await slices.TryUpdateAsync(ended, last.Token);
        else if (await slices.TrySplitAsync(ended with { Ranges = slice.RangesBefore(rest), RowsExpected = ended.Rows }, rest, last.Token))
            Log.HandedOver(logger, slice.JobId, slice.Number, rest.Ranges.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(4, LogLevel.Information, "Export {ExportId}, slice {Slice}: its time is over, {Ranges} ranges are handed over.")]
        public static partial void HandedOver(ILogger logger, Guid exportId, int slice, int ranges);
    }
}
