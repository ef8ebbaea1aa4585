using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Attempts;

/// <summary>How an attempt ended, and what its worker knows about it.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="ErrorCode">The failure's error code; null when the attempt did not fail.</param>
/// <param name="Figures">The worker's figures; null when it died.</param>
internal sealed record AttemptCompletion(AttemptOutcome Outcome, string? ErrorCode = null, AttemptFigures? Figures = null)
{
    /// <summary>Creates the attempt record for the end of a job's attempt.</summary>
    /// <param name="before">The job before the change.</param>
    /// <param name="next">The job after the change.</param>
    /// <param name="now">The current time.</param>
    public AttemptRecord RecordOf(ExportJob before, ExportJob next, DateTimeOffset now)
    {
        var isAttempt = before.Status == ExportStatus.Running;
        var startedAt = isAttempt ? before.AttemptStartedAt : null;
        var seconds = startedAt is { } begun ? Math.Max((now - begun).TotalSeconds, 0) : 0;
        var rows = isAttempt ? next.RowsWritten : 0;
        return new AttemptRecord
        {
            ExportId = before.Id,
            Attempt = isAttempt ? before.Attempt : 0,
            Dataset = before.Dataset,
            Format = before.Format,
            ScheduleId = before.ScheduleId,
            Outcome = Outcome,
            ErrorCode = ErrorCode,
            StartedAt = startedAt?.UtcDateTime,
            EndedAt = now.UtcDateTime,
            Rows = rows,
            Bytes = Outcome == AttemptOutcome.Succeeded ? next.File?.Bytes ?? 0 : 0,
            QueueWaitSeconds = isAttempt ? Rounded(before.QueueWait.TotalSeconds) : 0,
            DurationSeconds = Rounded(seconds),
            RowsPerSecond = seconds > 0 ? Math.Round(rows / seconds, 1) : 0,
            SourceSeconds = Figures is null ? null : Rounded(Figures.Source.TotalSeconds),
            WriterSeconds = Figures is null ? null : Rounded(Figures.Writer.TotalSeconds),
            PeakMemoryBytes = Figures?.PeakMemoryBytes,
            Host = isAttempt ? before.Host : null,
        };
    }

    private static double Rounded(double seconds) => Math.Round(seconds, 4);
}
