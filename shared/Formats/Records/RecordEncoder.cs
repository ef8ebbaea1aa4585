using System.Buffers;
using System.Runtime.InteropServices;
using ExportFunctions.Compression.Fields;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Records;

/// <summary>Encodes records one after the other as UTF-8 into one rented buffer, from which they are handed on.</summary>
internal abstract class RecordEncoder : IDisposable
{
    /// <summary>The most bytes that a value takes which is not text.</summary>
    public const int MaxValueBytes = 128;

    private const int GatheredBytes = 256 * 1024;

    /// <summary>Makes an encoder.</summary>
    /// <param name="slack">The bytes of a record without its texts, for which there is always room.</param>
    protected RecordEncoder(int slack)
    {
        Slack = slack;
        Buffer = ArrayPool<byte>.Shared.Rent(GatheredBytes + slack);
    }

    /// <summary>What has been encoded and not been handed on.</summary>
    public ReadOnlyMemory<byte> Pending => Buffer.AsMemory(0, Length);

    /// <summary>Takes the places of values in what is pending; null where nobody asks.</summary>
    public FieldPlaces? Places { get; set; }

    /// <summary>What a compressor is told of the records.</summary>
    public abstract FieldShape Shape { get; }

    /// <summary>Data that could not be written as it is, counted so far.</summary>
    public abstract IReadOnlyCollection<ExportWarning> Warnings { get; }

    /// <summary>Where records are encoded; a record that is longer makes it grow.</summary>
    protected byte[] Buffer { get; private set; }

    /// <summary>The bytes of the buffer that are taken.</summary>
    protected int Length { get; set; }

    /// <summary>The bytes of a record without its texts.</summary>
    protected int Slack { get; }

    /// <summary>Whether the buffer is to be handed on.</summary>
    protected bool IsFull => Length >= GatheredBytes;

    /// <summary>Forgets what is pending.</summary>
    public void Clear()
    {
        Length = 0;
        Places?.Clear();
    }

    /// <summary>Encodes what stands before the first record.</summary>
    public abstract void EncodeHeader();

    /// <summary>Encodes rows until the batch ends or the buffer is full.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="row">The first row to encode.</param>
    /// <returns>The row to go on with; the batch's count at its end.</returns>
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

    /// <summary>Appends bytes for which there is room.</summary>
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
