using System.Text.Json;

namespace ExportFunctions.Storage;

/// <summary>A record that can't be read: written by a later version, or edited by hand.</summary>
/// <param name="Id">Its id, or its key when that does not yield an id.</param>
/// <param name="CreatedAt">When it was created, if known.</param>
/// <param name="Reason">Why it can't be read, in a sentence that is safe to show: no values.</param>
public sealed record UnreadableRecord(string Id, DateTimeOffset? CreatedAt, string Reason);

/// <summary>A requested record can't be read.</summary>
/// <param name="record">What is known of it.</param>
/// <param name="innerException">The cause, for the log.</param>
public sealed class UnreadableRecordException(UnreadableRecord record, Exception innerException)
    : Exception($"The record {record.Id} can't be read. {record.Reason}", innerException)
{
    /// <summary>What is known of it.</summary>
    public UnreadableRecord Record { get; } = record;

    /// <summary>Whether a record is unreadable because of its content; false for faults of storage or the app.</summary>
    /// <param name="exception">The exception thrown while reading it.</param>
    internal static bool IsCause(Exception exception) =>
        exception is InvalidDataException or JsonException or FormatException or InvalidOperationException or OverflowException
            or ArgumentException or KeyNotFoundException;

    /// <summary>Why, in a sentence that is safe to show.</summary>
    /// <param name="exception">The exception thrown while reading it.</param>
    internal static string ReasonOf(Exception exception) => exception switch
    {
        // Thrown by our own code, without values.
        InvalidDataException => exception.Message,
        JsonException => "A part of it is not the JSON it should be.",
        InvalidOperationException => "A value of it has another type than it should have.",
        _ => "A value of it is not of the form it should have.",
    };
}
