namespace ExportFunctions.Monitoring.Recording;

/// <summary>
/// Files that only grow, at their end and only where the writer expects it. The seam between records and the blob service.
/// </summary>
internal interface IRecordFiles
{
    /// <summary>Where a file ends; null when there is none.</summary>
    Task<FileEnd?> FindEndAsync(string name, CancellationToken cancellationToken);

    /// <summary>Adds lines at the end of a file, which is made where there is none.</summary>
    /// <param name="name">The file.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="at">Where it is expected to end.</param>
    /// <param name="cancellationToken">Stops the call; the lines may be added all the same.</param>
    /// <returns>Where it ends now; null when it ended elsewhere, and nothing was added.</returns>
    Task<FileEnd?> TryAppendAsync(string name, ReadOnlyMemory<byte> lines, long at, CancellationToken cancellationToken);

    /// <summary>Opens a file between two of its bytes, or to its end; null when there is nothing.</summary>
    Task<Stream?> OpenAsync(string name, long from, long? to, CancellationToken cancellationToken);
}

/// <summary>Where a file ends.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Blocks">The blocks it was added in.</param>
internal readonly record struct FileEnd(long Bytes, int Blocks);
