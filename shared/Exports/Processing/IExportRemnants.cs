using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Processing;

/// <summary>What a capability keeps of an export besides its record and its file, and what goes with a deleted export.</summary>
public interface IExportRemnants
{
    /// <summary>Removes what is kept of an export. Safe to repeat.</summary>
    /// <param name="job">The job, final; its record is still there.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    Task RemoveAsync(ExportJob job, CancellationToken cancellationToken);
}
