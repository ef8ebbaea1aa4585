using Azure;

namespace ExportFunctions.Exports.Files;

/// <summary>Stores notes of files that may still appear although no export refers to them.</summary>
public interface ILateFileStore
{
    /// <summary>Adds or replaces a file's note.</summary>
    /// <param name="file">The file.</param>
    Task PutAsync(LateFile file, CancellationToken cancellationToken);

    /// <summary>Lists the notes.</summary>
    IAsyncEnumerable<LateFile> ListAsync(CancellationToken cancellationToken);

    /// <summary>Stores a changed note; does nothing when it was replaced since it was read.</summary>
    /// <param name="file">The note, with the ETag it was read with.</param>
    Task UpdateAsync(LateFile file, CancellationToken cancellationToken);

    /// <summary>Removes a note; does nothing when it was replaced since it was read.</summary>
    /// <param name="file">The note, with the ETag it was read with.</param>
    Task RemoveAsync(LateFile file, CancellationToken cancellationToken);
}

/// <summary>A file that may appear after its export was deleted, or ended without one.</summary>
/// <param name="JobId">The export's id.</param>
/// <param name="CreatedAt">When the export was accepted.</param>
/// <param name="FileName">The name people would have downloaded it under.</param>
/// <param name="Since">When the export was deleted, or ended.</param>
/// <param name="Looks">How many times it has been checked for.</param>
/// <param name="ETag">The note's version.</param>
public sealed record LateFile(Guid JobId, DateTimeOffset CreatedAt, string FileName, DateTimeOffset Since, int Looks, ETag ETag = default);
