using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Files;

/// <summary>Reads finished files back.</summary>
internal interface IExportFileReader
{
    /// <summary>The whole content of a job's file; null when it is gone. For small files only, as it is held in memory.</summary>
    Task<BinaryData?> ReadAsync(ExportJob job, CancellationToken cancellationToken);
}
