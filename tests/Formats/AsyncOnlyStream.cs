namespace ExportFunctions.Tests.Formats;

/// <summary>
/// An output as strict as the storage's: it takes asynchronous writes and nothing else, and keeps them (or only counts them).
/// </summary>
internal sealed class AsyncOnlyStream(bool keep = true) : Stream
{
    private readonly MemoryStream _written = new();
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>The bytes written so far, kept or not.</summary>
    public long BytesWritten => _length;

    /// <summary>The calls of <see cref="WriteAsync(ReadOnlyMemory{byte}, CancellationToken)"/> so far.</summary>
    public int Writes { get; private set; }

    /// <summary>The largest single write so far, in bytes.</summary>
    public int LargestWrite { get; private set; }

    public bool IsDisposed { get; private set; }

    public override long Length => throw new NotSupportedException("The output's length is not known.");

    public override long Position
    {
        get => throw new NotSupportedException("The output has no position.");
        set => throw new NotSupportedException("The output cannot be sought.");
    }

    public byte[] ToArray() => _written.ToArray();

    /// <summary>What was written, from its start, as a stream that can be read and sought.</summary>
    public MemoryStream OpenRead() => new(ToArray(), writable: false);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        Writes++;
        LargestWrite = Math.Max(LargestWrite, buffer.Length);
        _length += buffer.Length;
        if (keep)
            _written.Write(buffer.Span);

        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    public override void Flush() => throw Synchronous();

    public override void Write(byte[] buffer, int offset, int count) => throw Synchronous();

    public override void Write(ReadOnlySpan<byte> buffer) => throw Synchronous();

    public override void WriteByte(byte value) => throw Synchronous();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The output cannot be read.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The output cannot be sought.");

    public override void SetLength(long value) => throw new NotSupportedException("The output's length cannot be set.");

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private static NotSupportedException Synchronous() => new("The output takes asynchronous calls only.");
}
