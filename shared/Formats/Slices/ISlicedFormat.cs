using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Formats.Slices;

/// <summary>
/// A format whose file can be written in slices by several workers: the slices' bytes one after the other, and an end, are the file.
/// </summary>
public interface ISlicedFormat
{
    /// <summary>The most rows a slice should have, so that the file is what a user expects; more do no harm.</summary>
    long MaxSliceRows => long.MaxValue;

    /// <summary>Whether a file of these options can be written in slices; else one worker writes it.</summary>
    /// <param name="options">The options of the request.</param>
    bool CanSlice(WriterOptions options) => true;

    /// <summary>Decides, before there is any slice, what all slices must agree on, such as the widths of columns.</summary>
    /// <param name="layout">What the whole file looks like, with the rows it has, about.</param>
    /// <param name="first">The first rows; null when there are none.</param>
    /// <returns>Some kilobytes at most, which each slice and the end are given; empty for nothing.</returns>
    ReadOnlyMemory<byte> Prepare(FileLayout layout, RowBatch? first) => default;

    /// <summary>Starts a slice.</summary>
    /// <param name="output">Where the bytes go: write-only, not seekable, and written asynchronously only. The caller owns it.</param>
    /// <param name="layout">What the whole file looks like; nobody knows how many rows it has.</param>
    /// <param name="slice">Which slice it is.</param>
    /// <returns>The writer; nothing has been written yet.</returns>
    ISliceWriter CreateSliceWriter(Stream output, FileLayout layout, FileSlice slice);

    /// <summary>Writes what stands behind the last slice; nothing, where slices are all there is.</summary>
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
