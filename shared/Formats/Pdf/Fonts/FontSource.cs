using Microsoft.Win32.SafeHandles;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>The bytes of a font file: in this assembly, in memory or on disk. Nothing is read until requested; thread-safe.</summary>
internal abstract class FontSource : IDisposable
{
    /// <summary>The file's length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Takes a stream whose length is known: the assembly's own is read where it lies, any other into memory.</summary>
    public static FontSource Of(Stream stream)
    {
        if (stream is UnmanagedMemoryStream mapped)
            return new InAssembly(mapped);

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new InMemory(bytes);
    }

    /// <summary>Opens a file, which stays open until disposed: replacing it on disk later has no effect.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    public static FontSource OpenFile(string path) => new OnDisk(File.OpenHandle(path, options: FileOptions.RandomAccess));

    /// <summary>Fills a piece of memory.</summary>
    /// <exception cref="InvalidDataException">The file is shorter.</exception>
    public void Read(long offset, Span<byte> target)
    {
        if (offset < 0 || offset + target.Length > Length)
            throw new InvalidDataException("it is cut short");

        Fill(offset, target);
    }

    /// <summary>Some bytes of the file.</summary>
    /// <exception cref="InvalidDataException">The file is shorter.</exception>
    public byte[] Read(long offset, int length)
    {
        if (length < 0 || offset < 0 || offset + length > Length)
            throw new InvalidDataException("it is cut short");

        var bytes = new byte[length];
        Fill(offset, bytes);
        return bytes;
    }

    public virtual void Dispose()
    {
    }

    protected abstract void Fill(long offset, Span<byte> target);

    private sealed class InMemory(byte[] bytes) : FontSource
    {
        public override long Length => bytes.Length;

        protected override void Fill(long offset, Span<byte> target) => bytes.AsSpan((int)offset, target.Length).CopyTo(target);
    }

    // The memory is the assembly's, and stays when the stream is disposed.
    private sealed unsafe class InAssembly(UnmanagedMemoryStream stream) : FontSource
    {
        private readonly byte* _start = stream.PositionPointer;

        public override long Length { get; } = stream.Length;

        protected override void Fill(long offset, Span<byte> target) =>
            new ReadOnlySpan<byte>(_start + offset, target.Length).CopyTo(target);
    }

    private sealed class OnDisk(SafeFileHandle file) : FontSource
    {
        public override long Length { get; } = RandomAccess.GetLength(file);

        public override void Dispose()
        {
            file.Dispose();
            base.Dispose();
        }

        protected override void Fill(long offset, Span<byte> target)
        {
            while (target.Length > 0)
            {
                var read = RandomAccess.Read(file, target, offset);
                if (read == 0)
                    throw new InvalidDataException("it is cut short");

                offset += read;
                target = target[read..];
            }
        }
    }
}
