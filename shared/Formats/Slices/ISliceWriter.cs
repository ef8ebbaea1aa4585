namespace ExportFunctions.Formats.Slices;

/// <summary>Writes one slice of a file.</summary>
public interface ISliceWriter : IRowWriter
{
    /// <summary>
    /// What the file's end must know of the slice, once it is complete: offsets from its first byte, say. Some megabytes at most; empty
    /// for nothing.
    /// </summary>
    ReadOnlyMemory<byte> Index { get; }
}
