using ExportFunctions.Formats;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Formats.Slices;

/// <summary>Writes a file in slices, as workers do.</summary>
internal static class SlicedFiles
{
    /// <summary>The file of these slices; each is the rows of one.</summary>
    public static Task<(byte[] Bytes, IReadOnlyCollection<ExportWarning> Warnings)> WriteAsync(
        ISlicedFormat format, FileLayout layout, IReadOnlyList<IReadOnlyList<object?[]>> slices, int capacity = 64) =>
        WriteAsync(_ => format, layout, slices, capacity);

    /// <summary>The same with a host for each: the one of place -1 prepares, the one behind the last slice ends.</summary>
    public static async Task<(byte[] Bytes, IReadOnlyCollection<ExportWarning> Warnings)> WriteAsync(
        Func<int, ISlicedFormat> hosts, FileLayout layout, IReadOnlyList<IReadOnlyList<object?[]>> slices, int capacity = 64)
    {
        using var file = new MemoryStream();
        var format = hosts(-1);
        var plan = format.Prepare(
            layout with { RowsExpected = slices.Sum(slice => slice.Count) },
            SampleRows.Batches(slices.SelectMany(slice => slice), layout.Columns, capacity).FirstOrDefault());
        var (numbers, written, warnings) = (new Numbers(), new List<WrittenSlice>(), new List<ExportWarning>());
        for (var place = 0; place < slices.Count; place++)
        {
            var (number, output) = (place * 100, new AsyncOnlyStream());
            await using var writer = hosts(place).CreateSliceWriter(
                output, layout with { RowsExpected = FileLayout.UnknownRows }, new FileSlice(number, plan, numbers));
            foreach (var batch in SampleRows.Batches(slices[place], layout.Columns, capacity))
                await writer.WriteAsync(batch, CancellationToken.None);

            await writer.CompleteAsync(CancellationToken.None);
            var (bytes, index) = (output.ToArray(), writer.Index);
            written.Add(new WrittenSlice(number, file.Length, bytes.Length, _ => ValueTask.FromResult(index)));
            warnings.AddRange(writer.Warnings);
            file.Write(bytes);
        }

        var end = new AsyncOnlyStream();
        await hosts(slices.Count).WriteEndAsync(
            end, layout with { RowsExpected = slices.Sum(slice => slice.Count) }, plan, written, CancellationToken.None);
        file.Write(end.ToArray());
        return (file.ToArray(), warnings);
    }

    private sealed class Numbers : ISliceNumbers
    {
        private int _next = ISliceNumbers.First;

        public ValueTask<int> TakeAsync(int count, CancellationToken cancellationToken) => ValueTask.FromResult((_next += count) - count);
    }
}
