using Azure;

namespace ExportFunctions.Exports.Files;

/// <summary>Keeps which files may still appear although no export shows them.</summary>
public interface ILateFileStore
{
    /// <summary>Notes a file, or notes it anew.</summary>
    /// <param name="file">The file.</param>
    Task PutAsync(LateFile file, CancellationToken cancellationToken);

    /// <summary>What is noted.</summary>
    IAsyncEnumerable<LateFile> ListAsync(CancellationToken cancellationToken);

    /// <summary>Stores a changed note; nothing happens when it was made anew since it was read.</summary>
    /// <param name="file">The note, with the ETag it was read with.</param>
    Task UpdateAsync(LateFile file, CancellationToken cancellationToken);

    /// <summary>Forgets a note; nothing happens when it was made anew since it was read.</summary>
    /// <param name="file">The note, with the ETag it was read with.</param>
    Task RemoveAsync(LateFile file, CancellationToken cancellationToken);
}

/// <summary>A file that may appear after its export was deleted, or ended without one.</summary>
/// <param name="JobId">The export's id.</param>
/// <param name="CreatedAt">When the export was accepted.</param>
/// <param name="FileName">The name people would have downloaded it under.</param>
/// <param name="Since">When the export was deleted, or ended.</param>
/// <param name="Looks">How often it has been looked for.</param>
/// <param name="ETag">The note's version.</param>
public sealed record LateFile(Guid JobId, DateTimeOffset CreatedAt, string FileName, DateTimeOffset Since, int Looks, ETag ETag = default);
