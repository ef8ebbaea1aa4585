using System.Text.Json.Serialization;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Slices;

/// <summary>A message in the queue of slices: the export and the slice to write.</summary>
/// <param name="JobId">The job's id.</param>
/// <param name="Partitioning">The id of the partitioning the slice belongs to.</param>
/// <param name="Number">The slice's number.</param>
public sealed record SliceMessage(Guid JobId, [property: JsonPropertyName("cut")] string Partitioning, int Number) : RecordMessage
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Guid RecordId => JobId;

    /// <inheritdoc/>
    protected override bool IsComplete => Number >= 0 && !string.IsNullOrEmpty(Partitioning);

    /// <inheritdoc/>
    public override BinaryData ToBinaryData() => Write(this, SlicesJson.Default.SliceMessage);

    /// <summary>Reads a message; null when it isn't one of a known version.</summary>
    /// <param name="body">The message's body.</param>
    public static SliceMessage? TryParse(BinaryData body) => Read(body, SlicesJson.Default.SliceMessage);

    internal static SliceMessage Of(Slice slice) => new(slice.JobId, slice.Partitioning, slice.Number);

    /// <summary>The message as sent by a host that passes it on.</summary>
    internal SliceMessage PassedOn() => this with { Passed = Passed + 1 };
}
