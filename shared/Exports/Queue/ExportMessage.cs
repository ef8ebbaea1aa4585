using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportFunctions.Exports.Queue;

/// <summary>What travels in the queue: which job, and the message's version. Everything else is in the job's record.</summary>
/// <param name="JobId">The job's id.</param>
/// <param name="Version">The message's layout; 1.</param>
/// <param name="Passed">How often hosts that serve other datasets left it to others; 0 when it was sent for the job's own sake.</param>
/// <param name="Traceparent">The trace that the message was sent in (W3C Trace Context); null when there was none. Readers that don't know it lose the trace and nothing else.</param>
public sealed record ExportMessage(
    Guid JobId,
    int Version = ExportMessage.CurrentVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Passed = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Traceparent = null)
{
    /// <summary>The layout this app writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The message as a host sends it that leaves it to others.</summary>
    public ExportMessage PassedOn() => this with { Passed = Passed + 1 };

    /// <summary>The message as JSON.</summary>
    public BinaryData ToBinaryData() => new(JsonSerializer.SerializeToUtf8Bytes(this, QueueJson.Default.ExportMessage));

    /// <summary>Reads a message; null when it isn't one of a known version.</summary>
    /// <param name="body">The message's body.</param>
    public static ExportMessage? TryParse(BinaryData body)
    {
        try
        {
            var message = JsonSerializer.Deserialize(body.ToMemory().Span, QueueJson.Default.ExportMessage);
            return message is { Version: CurrentVersion } && message.JobId != Guid.Empty ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
