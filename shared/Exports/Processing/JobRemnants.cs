using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Processing;

/// <summary>Removes what is stored for an export besides its record: its file and manifest, slices and large filters.</summary>
/// <param name="files">The files.</param>
/// <param name="late">Checks again for files that appear later.</param>
/// <param name="others">Everything else stored for an export.</param>
internal sealed class JobRemnants(IExportFileStore files, LateFiles late, IEnumerable<IExportRemnants> others)
{
    private readonly IReadOnlyList<IExportRemnants> _others = [.. others];

    /// <summary>Notes that a file may still appear. Call it before the export's record is deleted.</summary>
    public Task ExpectLateFileAsync(ExportJob job, CancellationToken cancellationToken) => late.ExpectAsync(job, cancellationToken);

    /// <summary>Removes the file, now and if it appears later: publishing may take effect although its call was cancelled.</summary>
    public async Task RemoveFileAsync(ExportJob job, CancellationToken cancellationToken)
    {
        await late.ExpectAsync(job, cancellationToken);
        await files.DeleteAsync(job, cancellationToken);
    }

    /// <summary>Removes the file only.</summary>
    public Task DeleteFileAsync(ExportJob job, CancellationToken cancellationToken) => files.DeleteAsync(job, cancellationToken);

    /// <summary>Removes everything except the file.</summary>
    public async Task RemoveOthersAsync(ExportJob job, CancellationToken cancellationToken)
    {
        foreach (var other in _others)
            await other.RemoveAsync(job, cancellationToken);
    }

    /// <summary>Removes everything stored for an export whose record can't be read.</summary>
    public async Task RemoveUnreadableAsync(Guid id, DateOnly day, CancellationToken cancellationToken)
    {
        foreach (var other in _others)
            await other.RemoveUnreadableAsync(id, day, cancellationToken);
        await files.DeleteAllAsync(id, day, cancellationToken);
    }
}
