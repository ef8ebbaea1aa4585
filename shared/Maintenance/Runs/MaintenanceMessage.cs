using System.Text.Json.Serialization;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>What travels in the queue of maintenance: which work, on what.</summary>
/// <param name="Work">The work.</param>
/// <param name="Id">The cleanup run's id, or the id of the export whose file is to be brought back.</param>
public sealed record MaintenanceMessage(MaintenanceWork Work, Guid Id) : RecordMessage
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Guid RecordId => Id;

    /// <inheritdoc/>
    protected override bool IsComplete => Enum.IsDefined(Work);

    /// <inheritdoc/>
    public override BinaryData ToBinaryData() => Write(this, MaintenanceJson.Default.MaintenanceMessage);

    /// <summary>Reads a message; null when it isn't one of a known version.</summary>
    /// <param name="body">The message's body.</param>
    public static MaintenanceMessage? TryParse(BinaryData body) => Read(body, MaintenanceJson.Default.MaintenanceMessage);
}

/// <summary>The kinds of work.</summary>
public enum MaintenanceWork
{
    /// <summary>A cleanup run.</summary>
    Cleanup,

    /// <summary>An archived file to be brought back.</summary>
    Restore,
}
