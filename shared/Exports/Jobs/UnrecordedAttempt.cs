namespace ExportFunctions.Exports.Jobs;

/// <summary>A finished attempt, stored with its job until it is known to be recorded.</summary>
/// <param name="Record">Its record.</param>
/// <param name="After">The position after which its record is written.</param>
public sealed record UnrecordedAttempt(AttemptRecord Record, AttemptMark After);

/// <summary>A position in the records of a day.</summary>
/// <param name="Part">The number of the day's file, from 1.</param>
/// <param name="Offset">The byte offset in that file.</param>
public readonly record struct AttemptMark(int Part, long Offset) : IComparable<AttemptMark>
{
    /// <summary>The start of a day's records.</summary>
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
