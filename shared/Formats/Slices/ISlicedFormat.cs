using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Slices;

/// <summary>
/// A format whose files can be written in slices by several workers: the file is the concatenation of the slices' bytes, plus an end.
/// </summary>
public interface ISlicedFormat
{
    /// <summary>The preferred maximum number of rows per slice, so that the file meets users' expectations; more do no harm.</summary>
    long MaxSliceRows => long.MaxValue;

    /// <summary>Whether a file with these options can be written in slices; otherwise one worker writes it.</summary>
    /// <param name="options">The options of the request.</param>
    bool CanSlice(WriterOptions options) => true;

    /// <summary>Decides in advance what all slices must agree on, such as column widths.</summary>
    /// <param name="layout">What the whole file looks like, with the rows it has, about.</param>
    /// <param name="first">The first rows; null when there are none.</param>
    /// <returns>A few kilobytes at most, passed to each slice and the end; empty for nothing.</returns>
    ReadOnlyMemory<byte> Prepare(FileLayout layout, RowBatch? first) => default;

    /// <summary>Starts a slice.</summary>
    /// <param name="output">Where the bytes go: write-only, not seekable, and written asynchronously only. The caller owns it.</param>
    /// <param name="layout">What the whole file looks like; nobody knows how many rows it has.</param>
    /// <param name="slice">Which slice it is.</param>
    /// <returns>The writer; nothing has been written yet.</returns>
    ISliceWriter CreateSliceWriter(Stream output, FileLayout layout, FileSlice slice);

    /// <summary>Writes what follows the last slice; nothing if slices are all there is.</summary>
    /// <param name="output">Where the bytes go: write-only, not seekable, and written asynchronously only. The caller owns it.</param>
    /// <param name="layout">What the whole file looks like, with the rows it has.</param>
    /// <param name="plan">What <see cref="Prepare"/> made for the file.</param>
    /// <param name="slices">The slices, in order.</param>
    /// <param name="cancellationToken">Stops the writing; it can be repeated.</param>
    ValueTask WriteEndAsync(
        Stream output,
        FileLayout layout,
        ReadOnlyMemory<byte> plan,
        IReadOnlyList<WrittenSlice> slices,
        CancellationToken cancellationToken);
}
