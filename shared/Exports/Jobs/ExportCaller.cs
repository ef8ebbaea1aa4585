namespace ExportFunctions.Exports.Jobs;

/// <summary>
/// Who requests exports, for turns and limits: derived from a key and the address it is used from, neither of which is stored.
/// </summary>
/// <param name="Name">Identifies the caller; at most 64 characters, and safe to store.</param>
public readonly record struct ExportCaller(string Name)
{
    /// <summary>All schedules together: they take turns with users, and have limits of their own.</summary>
    public static readonly ExportCaller Schedules = new("schedules");
}
