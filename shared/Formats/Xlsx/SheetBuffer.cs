using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ExportFunctions.Compression;
using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Sheet XML as it is written: UTF-8, directly into the chunks to be compressed, with the positions of values.</summary>
internal sealed class SheetBuffer
{
    private ParallelDeflater? _deflater;
    private FieldPlaces? _places;
    private byte[] _bytes = [];
    private int _chunkStart;
    private int _counted;
    private int _length;
    private int _end;

    // Where a value written in pieces began, and in which chunk; a value that continues in another chunk has no position.
    private byte[] _valueChunk = [];
    private int _valueStart;

    /// <summary>True when full chunks wait to be compressed.</summary>
    public bool IsFull => _deflater!.HasFullChunk;

    /// <summary>Switches to another sheet.</summary>
    /// <param name="deflater">Takes the sheet's XML.</param>
    public void Begin(ParallelDeflater deflater)
    {
        _deflater = deflater;
        Reset();
    }

    /// <summary>Counts what was written since; call before the sheet ends.</summary>
    public void End()
    {
        _deflater!.Advance(_length - _counted);
        Reset();
    }

    /// <summary>Marks the end of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndRow()
    {
        if (_length - _chunkStart >= DeflateBlock.DefaultBytes)
            EndChunk();
    }

    /// <summary>Free space of at least the size asked for; <see cref="Advance"/> counts what was written into it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Reserve(int bytes)
    {
        if (_end - _length < bytes)
            NextChunk(bytes);

        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), _length);
    }

    /// <summary>Counts bytes that were written into <see cref="Reserve"/>.</summary>
    public void Advance(int bytes) => _length += bytes;

    /// <summary>Records the position of a value in the last reserved space.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="start">Where it begins in that space.</param>
    /// <param name="end">Where it ends.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Note(int column, int start, int end)
    {
        var at = _length - _chunkStart;
        _places?.Note(column, at + start, at + end);
    }

    /// <summary>Begins a value that is appended.</summary>
    public void BeginValue() => (_valueChunk, _valueStart) = (_bytes, _length);

    /// <summary>Ends an appended value, and records its position.</summary>
    /// <param name="column">Its column.</param>
    public void EndValue(int column)
    {
        if (_valueChunk == _bytes)
            _places?.Note(column, _valueStart - _chunkStart, _length - _chunkStart);
    }

    /// <summary>Appends bytes as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> utf8)
    {
        Unsafe.CopyBlockUnaligned(ref Reserve(utf8.Length), ref MemoryMarshal.GetReference(utf8), (uint)utf8.Length);
        _length += utf8.Length;
    }

    /// <summary>Appends a value in the invariant culture, in at most 64 bytes.</summary>
    public void Append<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(MemoryMarshal.CreateSpan(ref Reserve(64), 64), out var written, format, CultureInfo.InvariantCulture);
        _length += written;
    }

    private void EndChunk()
    {
        var deflater = _deflater!;
        End();
        deflater.EndRow();
    }

    private void NextChunk(int bytes)
    {
        _deflater!.Advance(_length - _counted);
        MemoryMarshal.TryGetArray<byte>(_deflater.GetMemory(bytes), out var chunk);
        _bytes = chunk.Array!;
        _counted = _length = chunk.Offset;
        _end = chunk.Offset + chunk.Count;
        _chunkStart = chunk.Offset - _deflater.Chunk.Length;
        _places = _deflater.Chunk.Places;
    }

    private void Reset()
    {
        (_bytes, _valueChunk, _places) = ([], [], null);
        (_chunkStart, _counted, _length, _end, _valueStart) = (0, 0, 0, 0, 0);
    }
}
