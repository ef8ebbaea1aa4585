namespace ExportFunctions.Formats.Slices;

/// <summary>Writes one slice of a file.</summary>
public interface ISliceWriter : IRowWriter
{
    /// <summary>
    /// What the end of the file must know about the completed slice, such as offsets from its first byte. A few megabytes at most; empty
    /// for nothing.
    /// </summary>
    ReadOnlyMemory<byte> Index { get; }
}
