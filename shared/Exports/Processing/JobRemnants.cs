using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Processing;

/// <summary>Removes what there is of an export beside its record: its file and manifest, slices and large filters.</summary>
/// <param name="files">The files.</param>
/// <param name="late">Looks again for what appears later.</param>
/// <param name="others">What else there is of an export.</param>
internal sealed class JobRemnants(IExportFileStore files, LateFiles late, IEnumerable<IExportRemnants> others)
{
    private readonly IReadOnlyList<IExportRemnants> _others = [.. others];

    /// <summary>Notes that a file may still appear. To be called before the export's record goes.</summary>
    public Task ExpectLateFileAsync(ExportJob job, CancellationToken cancellationToken) => late.ExpectAsync(job, cancellationToken);

    /// <summary>Removes the file, and what appears of it later: publishing may take effect although its call was cut off.</summary>
    public async Task RemoveFileAsync(ExportJob job, CancellationToken cancellationToken)
    {
        await late.ExpectAsync(job, cancellationToken);
        await files.DeleteAsync(job, cancellationToken);
    }

    /// <summary>Removes the file alone.</summary>
    public Task DeleteFileAsync(ExportJob job, CancellationToken cancellationToken) => files.DeleteAsync(job, cancellationToken);

    /// <summary>Removes all but the file.</summary>
    public async Task RemoveOthersAsync(ExportJob job, CancellationToken cancellationToken)
    {
        foreach (var other in _others)
            await other.RemoveAsync(job, cancellationToken);
    }

    /// <summary>Removes all there is of an export whose record can't be read.</summary>
    public async Task RemoveUnreadableAsync(Guid id, DateOnly day, CancellationToken cancellationToken)
    {
        foreach (var other in _others)
            await other.RemoveUnreadableAsync(id, day, cancellationToken);
        await files.DeleteAllAsync(id, day, cancellationToken);
    }
}
