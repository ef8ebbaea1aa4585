using System.Buffers;
using System.Runtime.InteropServices;
using ExportFunctions.Compression.Fields;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Records;

/// <summary>Encodes records as UTF-8 into one rented buffer, which is then passed on.</summary>
internal abstract class RecordEncoder : IDisposable
{
    /// <summary>The maximum length of a non-text value.</summary>
    public const int MaxValueBytes = 128;

    private const int GatheredBytes = 256 * 1024;

    /// <summary>Makes an encoder.</summary>
    /// <param name="slack">The bytes of a record without its texts, for which there is always room.</param>
    protected RecordEncoder(int slack)
    {
        Slack = slack;
        Buffer = ArrayPool<byte>.Shared.Rent(GatheredBytes + slack);
    }

    /// <summary>The pending bytes: encoded but not yet passed on.</summary>
    public ReadOnlyMemory<byte> Pending => Buffer.AsMemory(0, Length);

    /// <summary>Receives the positions of values in the pending bytes; null when they are not needed.</summary>
    public FieldPlaces? Places { get; set; }

    /// <summary>The shape of the records, for a compressor.</summary>
    public abstract FieldShape Shape { get; }

    /// <summary>Data that could not be written unchanged so far, with counts.</summary>
    public abstract IReadOnlyCollection<ExportWarning> Warnings { get; }

    /// <summary>The buffer for records; grows for a longer record.</summary>
    protected byte[] Buffer { get; private set; }

    /// <summary>The used bytes of the buffer.</summary>
    protected int Length { get; set; }

    /// <summary>The maximum length of a record without its texts.</summary>
    protected int Slack { get; }

    /// <summary>Whether the buffer should be passed on.</summary>
    protected bool IsFull => Length >= GatheredBytes;

    /// <summary>Discards the pending bytes.</summary>
    public void Clear()
    {
        Length = 0;
        Places?.Clear();
    }

    /// <summary>Encodes what precedes the first record.</summary>
    public abstract void EncodeHeader();

    /// <summary>Encodes rows until the batch ends or the buffer is full.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="row">The first row to encode.</param>
    /// <returns>The row to continue with; the batch's count at its end.</returns>
    public abstract int Encode(RowBatch batch, int row);

    public void Dispose()
    {
        if (Buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(Buffer);

        Places?.Dispose();
        Buffer = [];
        Length = 0;
    }

    /// <summary>Writes true or false.</summary>
    /// <param name="to">The target, which has room for <see cref="MaxValueBytes"/>.</param>
    /// <param name="value">The value.</param>
    /// <returns>The bytes written.</returns>
    protected static int WriteBoolean(ref byte to, bool value)
    {
        var text = value ? "true"u8 : "false"u8;
        text.CopyTo(MemoryMarshal.CreateSpan(ref to, MaxValueBytes));
        return text.Length;
    }

    /// <summary>Appends bytes that are known to fit.</summary>
    protected void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Makes room.</summary>
    protected void Reserve(int bytes)
    {
        if (Buffer.Length - Length < bytes)
            Grow(bytes);
    }

    private void Grow(int bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + bytes), Buffer.Length));
        Buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(Buffer);
        Buffer = larger;
    }
}
