using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExportFunctions.Exports.Slices;

/// <summary>What travels in the queue of slices: which slice of which export, and the message's version.</summary>
/// <param name="JobId">The job's id.</param>
/// <param name="Partitioning">The id of the partitioning that the slice is of.</param>
/// <param name="Number">Which slice.</param>
/// <param name="Version">The message's layout; 1.</param>
/// <param name="Passed">How often hosts that serve other datasets left it to others.</param>
public sealed record SliceMessage(
    Guid JobId,
    [property: JsonPropertyName("cut")] string Partitioning,
    int Number,
    int Version = SliceMessage.CurrentVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Passed = 0)
{
    /// <summary>The layout this app writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The message as JSON.</summary>
    public BinaryData ToBinaryData() => new(JsonSerializer.SerializeToUtf8Bytes(this, SlicesJson.Default.SliceMessage));

    /// <summary>Reads a message; null when it isn't one of a known version.</summary>
    /// <param name="body">The message's body.</param>
    public static SliceMessage? TryParse(BinaryData body)
    {
        try
        {
            var message = JsonSerializer.Deserialize(body.ToMemory().Span, SlicesJson.Default.SliceMessage);
            return message is { Version: CurrentVersion, Number: >= 0 } && message.JobId != Guid.Empty && !string.IsNullOrEmpty(message.Partitioning) ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static SliceMessage Of(Slice slice) => new(slice.JobId, slice.Partitioning, slice.Number);
}
