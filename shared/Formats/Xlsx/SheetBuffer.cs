using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Sheet XML on its way to the package: UTF-8 in one rented buffer that is emptied when it is full enough.</summary>
internal sealed class SheetBuffer : IDisposable
{
    private const int FullBytes = 64 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(2 * FullBytes);
    private int _length;

    /// <summary>True when the buffer should be emptied before the next row.</summary>
    public bool IsFull => _length >= FullBytes;

    /// <summary>What has been written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Forgets what has been written.</summary>
    public void Clear() => _length = 0;

    /// <summary>Appends bytes as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        _length += utf8.Length;
    }

    /// <summary>Appends a value as the invariant culture writes it, in at most 64 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(Room(64), out var written, format, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);

        _bytes = [];
        _length = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes)
            Grow(bytes);

        return _bytes.AsSpan(_length);
    }

    private void Grow(int bytes)
    {
        ObjectDisposedException.ThrowIf(_bytes.Length == 0, this);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + bytes));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
