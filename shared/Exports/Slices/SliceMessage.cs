using System.Text.Json.Serialization;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Slices;

/// <summary>What travels in the queue of slices: which slice of which export.</summary>
/// <param name="JobId">The job's id.</param>
/// <param name="Partitioning">The id of the partitioning that the slice is of.</param>
/// <param name="Number">Which slice.</param>
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

    /// <summary>The message as a host sends it that leaves it to others.</summary>
    internal SliceMessage PassedOn() => this with { Passed = Passed + 1 };
}
