using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Slices;

/// <summary>
/// Holds a slice while it is written. Its heartbeat also checks the export: the work stops when the slice is no longer needed.
/// </summary>
internal sealed partial class SliceLease : HeartbeatLease<Slice>
{
    private readonly ISliceStore _slices;
    private readonly IExportJobStore _jobs;
    private readonly ExportOptions _options;
    private readonly ILogger _logger;
    private long _rows;

    public SliceLease(
        Slice slice,
        ISliceStore slices,
        IExportJobStore jobs,
        ExportOptions options,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken)
        : base(slice, options, time, cancellationToken)
    {
        _slices = slices;
        _jobs = jobs;
        _options = options;
        _logger = logger;
        BeginHeartbeat();
    }

    /// <summary>True when this worker no longer holds the slice, or it is not needed.</summary>
    public bool IsLost => End != LeaseEnd.None;

    /// <summary>Reports the records written so far.</summary>
    public void Report(long rows) => Volatile.Write(ref _rows, rows);

    /// <summary>Stops the heartbeat; returns the slice as last stored.</summary>
    public async Task<Slice> CloseAsync()
    {
        await EndHeartbeatAsync();
        return Record;
    }

    /// <summary>Whether an export still needs its slices: it is being made, or will be once a worker claims it again.</summary>
    public static bool IsWanted(ExportJob? job) => job is { Status: ExportStatus.Running or ExportStatus.Queued, CancelRequested: false };

    protected override DateTimeOffset? LeaseUntilOf(Slice record) => record.LeaseUntil;

    protected override Slice Renewed(Slice record, DateTimeOffset now) =>
        record with { Rows = Volatile.Read(ref _rows), LeaseUntil = now + _options.SliceLeaseDuration };

    protected override async Task<LeaseEnd> LookAroundAsync(CancellationToken cancellationToken) =>
        IsWanted(await _jobs.FindAsync(Record.JobId, cancellationToken)) ? LeaseEnd.None : LeaseEnd.Lost;

    protected override Task<Slice?> TryUpdateAsync(Slice record, CancellationToken cancellationToken) =>
        _slices.TryUpdateAsync(record, cancellationToken);

    protected override async Task<(Slice? Stored, LeaseEnd End)> FindAsync(CancellationToken cancellationToken) =>
        await _slices.FindAsync(SliceMessage.Of(Record), cancellationToken) is { State: SliceState.Running } stored
            && stored.LeaseOwner == Record.LeaseOwner
            ? (stored, LeaseEnd.None)
            : (null, LeaseEnd.Lost);

    protected override void LogFailure(Exception exception) => Log.HeartbeatFailed(
        _logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, Record.JobId, Record.Number);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The heartbeat of export {ExportId}, slice {Slice} could not be written.")]
        public static partial void HeartbeatFailed(ILogger logger, LogLevel level, Exception exception, Guid exportId, int slice);
    }
}
