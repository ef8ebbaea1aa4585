namespace ExportFunctions.Exports.Slices;

/// <summary>Keeps the slices of exports, each in a record of its own. Every change is compare-and-set on the record's ETag.</summary>
internal interface ISliceStore
{
    /// <summary>The slices of an export in order; none when it has not been cut, or not wholly.</summary>
    /// <exception cref="Storage.UnreadableRecordException">One of them can't be read, and so no file can be made of them.</exception>
    Task<IReadOnlyList<Slice>> ListAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the slices of an export that has none. When two workers do so at a time, the slices of one of them stay, all of them.
    /// </summary>
    Task CreateAsync(IReadOnlyList<Slice> slices, CancellationToken cancellationToken);

    /// <summary>Reads a slice; null when there is none.</summary>
    Task<Slice?> FindAsync(SliceMessage message, CancellationToken cancellationToken);

    /// <summary>Stores a changed slice, if nobody changed it since it was read; null when somebody did, or when it is gone.</summary>
    Task<Slice?> TryUpdateAsync(Slice slice, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a changed slice and adds another one that takes over its rest, both or neither; false when somebody changed it since it was
    /// read.
    /// </summary>
    Task<bool> TrySplitAsync(Slice slice, Slice rest, CancellationToken cancellationToken);

    /// <summary>Keeps what the file's end must know of a slice, apart from its record. Of each claim there is one.</summary>
    Task WriteIndexAsync(Slice slice, ReadOnlyMemory<byte> index, CancellationToken cancellationToken);

    /// <summary>Reads what was kept of a slice's claim; empty when there is nothing.</summary>
    Task<ReadOnlyMemory<byte>> ReadIndexAsync(Slice slice, CancellationToken cancellationToken);

    /// <summary>Keeps what all slices of a partitioning agree on.</summary>
    Task WritePreparationAsync(Guid jobId, string partitioning, ReadOnlyMemory<byte> preparation, CancellationToken cancellationToken);

    /// <summary>Reads what all slices of a partitioning agree on; empty when there is nothing.</summary>
    Task<ReadOnlyMemory<byte>> ReadPreparationAsync(Guid jobId, string partitioning, CancellationToken cancellationToken);

    /// <summary>Takes numbers that follow each other and that are given out once in an export's cut; the first of them.</summary>
    Task<int> TakeNumbersAsync(Slice slice, int count, CancellationToken cancellationToken);

    /// <summary>Whether anything is kept of an export's slices.</summary>
    Task<bool> HasRowsAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Removes the slices of an export with all that is kept of them; no error when there are none.</summary>
    Task DeleteAsync(Guid jobId, CancellationToken cancellationToken);
}
