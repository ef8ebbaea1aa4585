namespace ExportFunctions.Monitoring.Recording;

/// <summary>Append-only files, written only at the end that the writer expects. The seam between records and the blob service.</summary>
internal interface IRecordFiles
{
    /// <summary>The end of a file; null when there is no such file.</summary>
    Task<FileEnd?> FindEndAsync(string name, CancellationToken cancellationToken);

    /// <summary>Appends lines to a file, which is created if needed.</summary>
    /// <param name="name">The file.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="at">The expected end.</param>
    /// <param name="cancellationToken">Stops the call; the lines may be appended anyway.</param>
    /// <returns>The new end; null when the file ended elsewhere, and nothing was appended.</returns>
    Task<FileEnd?> TryAppendAsync(string name, ReadOnlyMemory<byte> lines, long at, CancellationToken cancellationToken);

    /// <summary>Opens a range of a file, or its rest; null when it is empty.</summary>
    Task<Stream?> OpenAsync(string name, long from, long? to, CancellationToken cancellationToken);
}

/// <summary>The end of a file.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Blocks">Its number of blocks.</param>
internal readonly record struct FileEnd(long Bytes, int Blocks);
