using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ExportFunctions.Storage;

/// <summary>
/// What all messages of the app's queues have in common. A message names a record and the work to do; everything else is in the record.
/// Readers ignore unknown properties, so that hosts of two versions can read each other's messages.
/// </summary>
public abstract record RecordMessage
{
    /// <summary>The message version this app writes, and the only one so far.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The message version; 1.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>How often hosts that serve other datasets passed it on; 0 when it was sent for its record directly.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Passed { get; init; }

    /// <summary>The trace context that the message was sent in (W3C Trace Context); null when there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Traceparent { get; init; }

    /// <summary>The id of the record.</summary>
    [JsonIgnore]
    public abstract Guid RecordId { get; }

    /// <summary>Whether it has all that a message of its kind requires.</summary>
    protected virtual bool IsComplete => true;

    /// <summary>The message as JSON.</summary>
    public abstract BinaryData ToBinaryData();

    /// <summary>The message as JSON.</summary>
    /// <param name="message">The message.</param>
    /// <param name="type">How it is serialized.</param>
    protected static BinaryData Write<T>(T message, JsonTypeInfo<T> type)
        where T : RecordMessage => new(JsonSerializer.SerializeToUtf8Bytes(message, type));

    /// <summary>Reads a message; null when it isn't of this kind or a known version.</summary>
    /// <param name="body">The message's body.</param>
    /// <param name="type">How it is deserialized.</param>
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
