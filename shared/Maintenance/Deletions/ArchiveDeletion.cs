namespace ExportFunctions.Maintenance.Deletions;

/// <summary>That an export was deleted whose file an archive holds, until the archive doesn't any more.</summary>
/// <param name="Day">The day it was asked for, which its archive is of.</param>
/// <param name="ExportId">The export's id.</param>
internal sealed record ArchiveDeletion(DateOnly Day, Guid ExportId);
