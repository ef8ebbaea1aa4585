using System.Text.Json;

namespace ExportFunctions.Storage;

/// <summary>A record that can't be read: of a later version, or changed by hand.</summary>
/// <param name="Id">Its id, or its key where that tells no id.</param>
/// <param name="CreatedAt">When it was made, as far as that is known.</param>
/// <param name="Reason">Why it can't be read, in a sentence that is safe to show: no values.</param>
public sealed record UnreadableRecord(string Id, DateTimeOffset? CreatedAt, string Reason);

/// <summary>A record that was asked for can't be read.</summary>
/// <param name="record">What is known of it.</param>
/// <param name="innerException">The cause, for the log.</param>
public sealed class UnreadableRecordException(UnreadableRecord record, Exception innerException)
    : Exception($"The record {record.Id} can't be read. {record.Reason}", innerException)
{
    /// <summary>What is known of it.</summary>
    public UnreadableRecord Record { get; } = record;

    /// <summary>Whether a record can't be read because of what it holds; false for faults of storage and of the app.</summary>
    /// <param name="exception">What reading it threw.</param>
    internal static bool IsCause(Exception exception) =>
        exception is InvalidDataException or JsonException or FormatException or InvalidOperationException or OverflowException
            or ArgumentException or KeyNotFoundException;

    /// <summary>Why, in a sentence that is safe to show.</summary>
    /// <param name="exception">What reading it threw.</param>
    internal static string ReasonOf(Exception exception) => exception switch
    {
        // Ours, and without values.
        InvalidDataException => exception.Message,
        JsonException => "A part of it is not the JSON it should be.",
        InvalidOperationException => "A value of it has another type than it should have.",
        _ => "A value of it is not of the form it should have.",
    };
}
