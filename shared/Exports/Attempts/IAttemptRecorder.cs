namespace ExportFunctions.Exports.Attempts;

/// <summary>Keeps the records of attempts, each once. The seam between jobs and monitoring.</summary>
public interface IAttemptRecorder
{
    /// <summary>A place in the records that all those of attempts which end from now on come after. Stored with an attempt before it is recorded, it bounds the search for its record after a crash.</summary>
    /// <param name="endedAt">When the attempt ends.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    ValueTask<AttemptMark> MarkAsync(DateTimeOffset endedAt, CancellationToken cancellationToken);

    /// <summary>Records attempts that are not recorded yet.</summary>
    /// <param name="attempts">The attempts, as their job has them.</param>
    /// <param name="turn">Whether it was tried before.</param>
    /// <param name="cancellationToken">Stops the call; it can be repeated as <see cref="RecordingTurn.Again"/>.</param>
    Task RecordAsync(IReadOnlyList<UnrecordedAttempt> attempts, RecordingTurn turn, CancellationToken cancellationToken);
}

/// <summary>Whether attempts may have been recorded before.</summary>
public enum RecordingTurn
{
    /// <summary>They can't have been by this process: it stored their end this moment. Another one may have come first all the same.</summary>
    First,

    /// <summary>They may have been, by anybody: it is looked first.</summary>
    Again,
}

/// <summary>An attempt that ended, as it is stored with its job until it is known to be recorded.</summary>
/// <param name="Record">Its record.</param>
/// <param name="After">The place that its record comes after.</param>
public sealed record UnrecordedAttempt(AttemptRecord Record, AttemptMark After);

/// <summary>A place in the records of a day.</summary>
/// <param name="Part">Which of the day's files, from 1.</param>
/// <param name="Offset">The byte in it.</param>
public readonly record struct AttemptMark(int Part, long Offset) : IComparable<AttemptMark>
{
    /// <summary>Where each day begins.</summary>
    public static readonly AttemptMark DayStart = new(1, 0);

    /// <inheritdoc/>
    public int CompareTo(AttemptMark other) => Part == other.Part ? Offset.CompareTo(other.Offset) : Part.CompareTo(other.Part);

    /// <summary>Whether one place comes before another.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(AttemptMark left, AttemptMark right) => left.CompareTo(right) < 0;

    /// <summary>Whether one place comes after another.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(AttemptMark left, AttemptMark right) => left.CompareTo(right) > 0;

    /// <summary>Whether one place is another or comes before it.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(AttemptMark left, AttemptMark right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one place is another or comes after it.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(AttemptMark left, AttemptMark right) => left.CompareTo(right) >= 0;
}
