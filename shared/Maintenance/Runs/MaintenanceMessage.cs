using System.Text.Json;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>What travels in the queue of maintenance: which work, on what, and the message's version.</summary>
/// <param name="Work">The work.</param>
/// <param name="Id">The cleanup run's id, or the id of the export whose file is to be brought back.</param>
/// <param name="Version">The message's layout; 1.</param>
public sealed record MaintenanceMessage(MaintenanceWork Work, Guid Id, int Version = MaintenanceMessage.CurrentVersion)
{
    /// <summary>The layout this app writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The message as JSON.</summary>
    public BinaryData ToBinaryData() => new(JsonSerializer.SerializeToUtf8Bytes(this, MaintenanceJson.Default.MaintenanceMessage));

    /// <summary>Reads a message; null when it isn't one of a known version.</summary>
    /// <param name="body">The message's body.</param>
    public static MaintenanceMessage? TryParse(BinaryData body)
    {
        try
        {
            var message = JsonSerializer.Deserialize(body.ToMemory().Span, MaintenanceJson.Default.MaintenanceMessage);
            return message is { Version: CurrentVersion } && message.Id != Guid.Empty && Enum.IsDefined(message.Work) ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The kinds of work.</summary>
public enum MaintenanceWork
{
    /// <summary>A cleanup run.</summary>
    Cleanup,

    /// <summary>An archived file to be brought back.</summary>
    Restore,
}
