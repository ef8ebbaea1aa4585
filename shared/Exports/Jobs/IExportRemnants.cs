namespace ExportFunctions.Exports.Jobs;

/// <summary>What a capability keeps of an export besides its record and its file, and what goes with a deleted export.</summary>
public interface IExportRemnants
{
    /// <summary>Removes what is kept of an export. Safe to repeat.</summary>
    /// <param name="job">The job, final; its record is still there.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    Task RemoveAsync(ExportJob job, CancellationToken cancellationToken);

    /// <summary>Removes what is kept of an export whose record can't be read. Safe to repeat; nothing by default.</summary>
    /// <param name="id">The export's id.</param>
    /// <param name="day">The UTC day it was asked for.</param>
    /// <param name="cancellationToken">Cancels the call; it can be repeated.</param>
    Task RemoveUnreadableAsync(Guid id, DateOnly day, CancellationToken cancellationToken) => Task.CompletedTask;
}
