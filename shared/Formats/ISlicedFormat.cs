namespace ExportFunctions.Formats;

/// <summary>A format whose file can be written in parts by several workers: the parts' bytes, one after the other, are the file.</summary>
public interface ISlicedFormat
{
    /// <summary>Starts a part.</summary>
    /// <param name="output">Where the bytes go: write-only, not seekable, and written asynchronously only. The caller owns it.</param>
    /// <param name="layout">What the whole file looks like; nobody knows how many rows it has.</param>
    /// <param name="isFirst">Whether it is the first part, which has what comes before the rows.</param>
    /// <returns>The writer; nothing has been written yet.</returns>
    IRowWriter CreateSliceWriter(Stream output, FileLayout layout, bool isFirst);
}
