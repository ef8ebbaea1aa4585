using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ExportFunctions.Storage;

/// <summary>
/// What all messages of the app's queues have. A message names a record and says no more than what is to be done with it: everything else
/// is in the record. Readers leave out what they don't know, so that hosts of two versions read each other's messages.
/// </summary>
public abstract record RecordMessage
{
    /// <summary>The layout this app writes, and the only one there has been.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The message's layout; 1.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>How often hosts that serve other datasets left it to others; 0 when it was sent for its record's own sake.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Passed { get; init; }

    /// <summary>The trace that the message was sent in (W3C Trace Context); null when there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Traceparent { get; init; }

    /// <summary>The record that it is about.</summary>
    [JsonIgnore]
    public abstract Guid RecordId { get; }

    /// <summary>Whether it says all that a message of its kind must.</summary>
    protected virtual bool IsComplete => true;

    /// <summary>The message as JSON.</summary>
    public abstract BinaryData ToBinaryData();

    /// <summary>The message as JSON.</summary>
    /// <param name="message">The message.</param>
    /// <param name="type">How it is written.</param>
    protected static BinaryData Write<T>(T message, JsonTypeInfo<T> type)
        where T : RecordMessage => new(JsonSerializer.SerializeToUtf8Bytes(message, type));

    /// <summary>Reads a message; null when it isn't one of this kind and of a known version.</summary>
    /// <param name="body">The message's body.</param>
    /// <param name="type">How it is read.</param>
    protected static T? Read<T>(BinaryData body, JsonTypeInfo<T> type)
        where T : RecordMessage
    {
        try
        {
            var message = JsonSerializer.Deserialize(body.ToMemory().Span, type);
            return message is { Version: CurrentVersion, IsComplete: true } && message.RecordId != Guid.Empty ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
