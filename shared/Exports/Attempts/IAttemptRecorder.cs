using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Attempts;

/// <summary>Keeps the records of attempts, each once. The seam between jobs and monitoring.</summary>
public interface IAttemptRecorder
{
    /// <summary>
    /// A place in the records that all those of attempts which end from now on come after. Stored with an attempt before it is recorded,
    /// it bounds the search for its record after a crash.
    /// </summary>
    /// <param name="endedAt">When the attempt ends.</param>
    ValueTask<AttemptMark> MarkAsync(DateTimeOffset endedAt, CancellationToken cancellationToken);

    /// <summary>Records attempts that are not recorded yet.</summary>
    /// <param name="attempts">The attempts, as their job has them.</param>
    /// <param name="turn">Whether it was tried before.</param>
    /// <param name="cancellationToken">Stops the call; it can be repeated as <see cref="RecordingTurn.Repeated"/>.</param>
    Task RecordAsync(IReadOnlyList<UnrecordedAttempt> attempts, RecordingTurn turn, CancellationToken cancellationToken);
}

/// <summary>Whether attempts may have been recorded before.</summary>
public enum RecordingTurn
{
    /// <summary>
    /// They can't have been by this process: it stored their end this moment. Another one may have come first all the same.
    /// </summary>
    First,

    /// <summary>They may have been, by anybody: it is looked first.</summary>
    Repeated,
}
