using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Runs;

/// <summary>One page of runs.</summary>
/// <param name="Runs">The runs, newest first.</param>
/// <param name="ContinuationToken">For the next page; null at the end.</param>
public sealed record MaintenanceRunPage(RecordList<MaintenanceRun> Runs, string? ContinuationToken);
