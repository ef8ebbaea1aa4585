namespace ExportFunctions.Formats.Slices;

/// <summary>A slice that has been written to the file.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Offset">Where it begins in the file, in bytes.</param>
/// <param name="Bytes">The bytes it has.</param>
/// <param name="Index">
/// Reads the <see cref="ISliceWriter.Index"/> of its writer. Read one after the other: together they may be large.
/// </param>
public sealed record WrittenSlice(int Number, long Offset, long Bytes, Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> Index);
