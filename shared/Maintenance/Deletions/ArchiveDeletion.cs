namespace ExportFunctions.Maintenance.Deletions;

/// <summary>The pending removal of a deleted export's file from an archive.</summary>
/// <param name="Day">The day it was requested, which is the day of its archive.</param>
/// <param name="ExportId">The export's id.</param>
internal sealed record ArchiveDeletion(DateOnly Day, Guid ExportId);
