namespace ExportFunctions.Exports.Jobs;

/// <summary>
/// Who asks for exports, as far as turns and limits go: a key and the address it is used from, without either being kept.
/// </summary>
/// <param name="Name">Tells callers apart; at most 64 characters, and safe to store.</param>
public readonly record struct ExportCaller(string Name)
{
    /// <summary>All schedules together: they take turns with people, and have limits of their own.</summary>
    public static readonly ExportCaller Schedules = new("schedules");
}
