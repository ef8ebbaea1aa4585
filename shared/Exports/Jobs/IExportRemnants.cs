namespace ExportFunctions.Exports.Jobs;

/// <summary>What a feature stores for an export besides its record and its file, and removes when the export is deleted.</summary>
public interface IExportRemnants
{
    /// <summary>Removes what is stored for an export. Safe to repeat.</summary>
    /// <param name="job">The job, final; its record is still there.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    Task RemoveAsync(ExportJob job, CancellationToken cancellationToken);

    /// <summary>Removes what is stored for an export whose record can't be read. Safe to repeat; does nothing by default.</summary>
    /// <param name="id">The export's id.</param>
    /// <param name="day">The UTC day it was requested.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    Task RemoveUnreadableAsync(Guid id, DateOnly day, CancellationToken cancellationToken) => Task.CompletedTask;
}
