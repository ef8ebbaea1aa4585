using System.Text.Json.Serialization;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Queue;

/// <summary>A message in the export queue: the job to run.</summary>
/// <param name="JobId">The job's id.</param>
public sealed record ExportMessage(Guid JobId) : RecordMessage
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Guid RecordId => JobId;

    /// <inheritdoc/>
    public override BinaryData ToBinaryData() => Write(this, QueueJson.Default.ExportMessage);

    /// <summary>Reads a message; null when it isn't one of a known version.</summary>
    /// <param name="body">The message's body.</param>
    public static ExportMessage? TryParse(BinaryData body) => Read(body, QueueJson.Default.ExportMessage);

    /// <summary>The message as sent by a host that passes it on.</summary>
    public ExportMessage PassedOn() => this with { Passed = Passed + 1 };
}
