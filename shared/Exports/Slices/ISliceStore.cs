namespace ExportFunctions.Exports.Slices;

/// <summary>Stores the slices of exports, each in its own record. Every change is compare-and-set on the record's ETag.</summary>
internal interface ISliceStore
{
    /// <summary>The slices of an export in order; empty when it has not been partitioned, or not completely.</summary>
    /// <exception cref="Storage.UnreadableRecordException">One of them can't be read, so no file can be made of them.</exception>
    Task<IReadOnlyList<Slice>> ListAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the slices of an export that has none. If two workers do so concurrently, the complete set of one of them remains.
    /// </summary>
    Task CreateAsync(IReadOnlyList<Slice> slices, CancellationToken cancellationToken);

    /// <summary>Reads a slice; null when there is none.</summary>
    Task<Slice?> FindAsync(SliceMessage message, CancellationToken cancellationToken);

    /// <summary>Stores a changed slice unless it has changed since it was read; null when it has, or is gone.</summary>
    Task<Slice?> TryUpdateAsync(Slice slice, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a changed slice and adds another one that takes over the rest, atomically; false when the slice has changed since it was
    /// read.
    /// </summary>
    Task<bool> TrySplitAsync(Slice slice, Slice rest, CancellationToken cancellationToken);

    /// <summary>Stores what the end of the file needs to know about a slice, outside its record. There is one per claim.</summary>
    Task WriteIndexAsync(Slice slice, ReadOnlyMemory<byte> index, CancellationToken cancellationToken);

    /// <summary>Reads what was stored for a slice's claim; empty when there is nothing.</summary>
    Task<ReadOnlyMemory<byte>> ReadIndexAsync(Slice slice, CancellationToken cancellationToken);

    /// <summary>Stores what all slices of a partitioning must agree on.</summary>
    Task WritePreparationAsync(Guid jobId, string partitioning, ReadOnlyMemory<byte> preparation, CancellationToken cancellationToken);

    /// <summary>Reads what all slices of a partitioning must agree on; empty when there is nothing.</summary>
    Task<ReadOnlyMemory<byte>> ReadPreparationAsync(Guid jobId, string partitioning, CancellationToken cancellationToken);

    /// <summary>Reserves consecutive numbers, each handed out only once per partitioning; returns the first.</summary>
    Task<int> TakeNumbersAsync(Slice slice, int count, CancellationToken cancellationToken);

    /// <summary>Whether anything is stored for an export's slices.</summary>
    Task<bool> HasRowsAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Removes the slices of an export and everything stored for them; no error when there are none.</summary>
    Task DeleteAsync(Guid jobId, CancellationToken cancellationToken);
}
