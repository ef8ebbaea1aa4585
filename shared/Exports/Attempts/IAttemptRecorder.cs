using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Attempts;

/// <summary>Stores attempt records, each exactly once. The boundary between jobs and monitoring.</summary>
public interface IAttemptRecorder
{
    /// <summary>
    /// A position that the records of all attempts ending from now on come after. Stored with an attempt before it is recorded, it bounds
    /// the search for its record after a crash.
    /// </summary>
    /// <param name="endedAt">When the attempt ends.</param>
    ValueTask<AttemptMark> MarkAsync(DateTimeOffset endedAt, CancellationToken cancellationToken);

    /// <summary>Records attempts that have not been recorded yet.</summary>
    /// <param name="attempts">The attempts, as their job has them.</param>
    /// <param name="turn">Whether recording was tried before.</param>
    /// <param name="cancellationToken">Stops the call; it can be repeated as <see cref="RecordingTurn.Repeated"/>.</param>
    Task RecordAsync(IReadOnlyList<UnrecordedAttempt> attempts, RecordingTurn turn, CancellationToken cancellationToken);
}

/// <summary>Whether the attempts may already have been recorded.</summary>
public enum RecordingTurn
{
    /// <summary>This process has only just stored their end and can't have recorded them; another process may have, all the same.</summary>
    First,

    /// <summary>They may have been recorded by any process: check first.</summary>
    Repeated,
}
