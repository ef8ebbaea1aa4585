using System.Buffers.Binary;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Slices;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Exports.Slices;

/// <summary>
/// Lines that can be written in slices: the first one has a mark before them, and the end tells the rows that the slices' indexes count.
/// </summary>
internal sealed class SlicedLinesFormat : IFileFormat, ISlicedFormat
{
    private static readonly LinesFormat Lines = new();

    public string Name => Lines.Name;

    public string ContentType => Lines.ContentType;

    public string FileExtension => Lines.FileExtension;

    public void Check(IReadOnlyList<DatasetColumn> columns, WriterOptions options, FieldErrors errors) =>
        Lines.Check(columns, options, errors);

    public IRowWriter CreateWriter(Stream output, FileLayout layout) => Lines.CreateWriter(output, layout);

    public ReadOnlyMemory<byte> Prepare(FileLayout layout, RowBatch? first)
    {
        Assert.Equal(1, first!.GetInteger(0, 0));
        return "plan"u8.ToArray();
    }

    public ISliceWriter CreateSliceWriter(Stream output, FileLayout layout, FileSlice slice)
    {
        Assert.True(slice.Plan.Span.SequenceEqual("plan"u8));
        if (slice.IsFirst)
            output.Write("begin\n"u8);

        return new Writer(output, slice);
    }

    public async ValueTask WriteEndAsync(
        Stream output,
        FileLayout layout,
        ReadOnlyMemory<byte> plan,
        IReadOnlyList<WrittenSlice> slices,
        CancellationToken cancellationToken)
    {
        var (rows, bytes, taken) = (0, 0L, new HashSet<int>());
        foreach (var slice in slices)
        {
            var index = await slice.Index(cancellationToken);
            rows += BinaryPrimitives.ReadInt32LittleEndian(index.Span);
            Assert.Equal(bytes, slice.Offset);
            bytes += slice.Bytes;
            Assert.True(taken.Add(BinaryPrimitives.ReadInt32LittleEndian(index.Span[sizeof(int)..])));
        }

        Assert.True(plan.Span.SequenceEqual("plan"u8));
        Assert.Equal(layout.RowsExpected, rows);
        await output.WriteAsync(Encoding.ASCII.GetBytes(FormattableString.Invariant($"end {rows}\n")), cancellationToken);
    }

    private sealed class Writer(Stream output, FileSlice slice) : ISliceWriter
    {
        private readonly LinesFormat.Writer _lines = new(output, end: "");
        private readonly byte[] _index = new byte[2 * sizeof(int)];
        private int _rows;

        public IReadOnlyCollection<ExportWarning> Warnings => [];

        public ReadOnlyMemory<byte> Index => _index;

        public ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
        {
            _rows += batch.Count;
            return _lines.WriteAsync(batch, cancellationToken);
        }

        public async ValueTask CompleteAsync(CancellationToken cancellationToken)
        {
            await _lines.CompleteAsync(cancellationToken);
            var taken = await slice.Numbers.TakeAsync(3, cancellationToken);
            BinaryPrimitives.WriteInt32LittleEndian(_index, _rows);
            BinaryPrimitives.WriteInt32LittleEndian(_index.AsSpan(sizeof(int)), taken);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
