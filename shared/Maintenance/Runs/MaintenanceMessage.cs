using System.Text.Json.Serialization;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>The message in the maintenance queue: the kind of work and its subject.</summary>
/// <param name="Work">The kind of work.</param>
/// <param name="Id">The cleanup run's id, or the id of the export whose file is to be restored.</param>
public sealed record MaintenanceMessage(MaintenanceWork Work, Guid Id) : RecordMessage
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Guid RecordId => Id;

    /// <inheritdoc/>
    protected override bool IsComplete => Enum.IsDefined(Work);

    /// <inheritdoc/>
    public override BinaryData ToBinaryData() => Write(this, MaintenanceJson.Default.MaintenanceMessage);

    /// <summary>Reads a message; null when its version is unknown.</summary>
    /// <param name="body">The message's body.</param>
    public static MaintenanceMessage? TryParse(BinaryData body) => Read(body, MaintenanceJson.Default.MaintenanceMessage);
}

/// <summary>The kinds of work.</summary>
public enum MaintenanceWork
{
    /// <summary>A cleanup run.</summary>
    Cleanup,

    /// <summary>The restore of an archived file.</summary>
    Restore,
}
