using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ExportFunctions.Compression;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Sheet XML as it is written: UTF-8, straight into the chunks that are compressed next.</summary>
internal sealed class SheetBuffer
{
    private ParallelDeflater? _deflater;
    private byte[] _bytes = [];
    private int _start;
    private int _length;
    private int _end;

    /// <summary>True when full chunks wait to be compressed.</summary>
    public bool IsFull => _deflater!.HasFullChunk;

    /// <summary>Writes to another sheet from here on.</summary>
    /// <param name="deflater">Takes the sheet's XML.</param>
    public void Begin(ParallelDeflater deflater)
    {
        _deflater = deflater;
        (_bytes, _start, _length, _end) = ([], 0, 0, 0);
    }

    /// <summary>Counts what was written since; call before the sheet ends.</summary>
    public void End()
    {
        _deflater!.Advance(_length - _start);
        (_bytes, _start, _length, _end) = ([], 0, 0, 0);
    }

    /// <summary>Free space of at least the size asked for; <see cref="Advance"/> counts what was written into it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Room(int bytes)
    {
        if (_end - _length < bytes)
            NextChunk(bytes);

        return _bytes.AsSpan(_length, _end - _length);
    }

    /// <summary>Counts bytes that were written into <see cref="Room"/>.</summary>
    public void Advance(int bytes) => _length += bytes;

    /// <summary>Appends bytes as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        _length += utf8.Length;
    }

    /// <summary>Appends a value as the invariant culture writes it, in at most 64 bytes.</summary>
    public void Append<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(Room(64), out var written, format, CultureInfo.InvariantCulture);
        _length += written;
    }

    private void NextChunk(int bytes)
    {
        _deflater!.Advance(_length - _start);
        MemoryMarshal.TryGetArray<byte>(_deflater.GetMemory(bytes), out var chunk);
        _bytes = chunk.Array!;
        _start = _length = chunk.Offset;
        _end = chunk.Offset + chunk.Count;
    }
}
