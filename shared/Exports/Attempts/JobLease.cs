using ExportFunctions.Exports.Jobs;
using ExportFunctions.Outages;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Attempts;

/// <summary>Holds a running job and measures where its time goes. Each heartbeat is how the worker learns that a user cancelled.</summary>
internal sealed partial class JobLease : HeartbeatLease<ExportJob>
{
    private readonly IExportJobStore _jobs;
    private readonly ExportOptions _options;
    private readonly ILogger _logger;
    private readonly long _begun;
    private long _rows;
    private long _rowsBefore;
    private long _rowsExpected = -1;

    public JobLease(
        ExportJob job, IExportJobStore jobs, ExportOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
        : base(job, options, time, cancellationToken)
    {
        _jobs = jobs;
        _options = options;
        _logger = logger;
        Times = new AttemptTimes(time);
        _begun = Times.Begin();
        Times.LookAtMemory();
        BeginHeartbeat();
    }

    /// <summary>Where the attempt's time goes.</summary>
    public AttemptTimes Times { get; }

    /// <summary>The expected number of rows; null until they are counted.</summary>
    public long? RowsExpected => Volatile.Read(ref _rowsExpected) is >= 0 and var rows ? rows : Record.RowsExpected;

    /// <summary>Sets the expected number of rows.</summary>
    public void Expect(long rows) => Volatile.Write(ref _rowsExpected, rows);

    /// <summary>Sets the number of rows that earlier attempts wrote and this one keeps; they don't count towards its rate.</summary>
    public void Resume(long rows) => Volatile.Write(ref _rowsBefore, rows);

    /// <summary>Reports the rows written so far, including those of earlier attempts.</summary>
    public void Report(long rows) => Volatile.Write(ref _rows, rows);

    /// <summary>Stops the heartbeat and returns the job as last stored, with the current progress.</summary>
    public async Task<ExportJob> CloseAsync()
    {
        await EndHeartbeatAsync();
        Times.LookAtMemory();
        return WithProgress(Record);
    }

    protected override DateTimeOffset? LeaseUntilOf(ExportJob record) => record.LeaseUntil;

    protected override ExportJob Renewed(ExportJob record, DateTimeOffset now)
    {
        Times.LookAtMemory();
        return WithProgress(record) with { LeaseUntil = now + _options.LeaseDuration };
    }

    protected override Task<ExportJob?> TryUpdateAsync(ExportJob record, CancellationToken cancellationToken) =>
        _jobs.TryUpdateAsync(record, cancellationToken);

    protected override async Task<(ExportJob? Stored, LeaseEnd End)> FindAsync(CancellationToken cancellationToken)
    {
        var stored = await _jobs.FindAsync(Record.Id, cancellationToken);
        if (stored is not { Status: ExportStatus.Running }
            || !string.Equals(stored.LeaseOwner, Record.LeaseOwner, StringComparison.Ordinal))
            return (null, LeaseEnd.Lost);

        return (stored, stored.CancelRequested ? LeaseEnd.Canceled : LeaseEnd.None);
    }

    protected override void LogFailure(Exception exception) =>
        Log.HeartbeatFailed(_logger, OutageFaults.LevelOf(exception, LogLevel.Warning), exception, Record.Id);

    private ExportJob WithProgress(ExportJob job)
    {
        var rows = Volatile.Read(ref _rows);
        var expected = Volatile.Read(ref _rowsExpected);
        var written = Math.Max(0, rows - Volatile.Read(ref _rowsBefore));
        var seconds = Time.GetElapsedTime(_begun).TotalSeconds;
        return job with
        {
            RowsWritten = rows,
            RowsExpected = expected >= 0 ? expected : job.RowsExpected,
            RowsPerSecond = seconds > 0 ? Math.Round(written / seconds, 1) : 0,
            Figures = Times.Figures(),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "The heartbeat of export {ExportId} could not be written.")]
        public static partial void HeartbeatFailed(ILogger logger, LogLevel level, Exception exception, Guid exportId);
    }
}
