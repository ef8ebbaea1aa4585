using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace ExportFunctions.Formats.Pdf.Direct.Objects;

/// <summary>Bytes of a PDF file in memory, in a rented array that grows. Lengths on the page are given in hundredths of a point.</summary>
internal sealed class PdfBuffer : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(16 * 1024);

    /// <summary>The bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The same, for asynchronous writes.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Clears the buffer.</summary>
    public void Clear() => Length = 0;

    /// <summary>Reserves at least a number of bytes, some of which <see cref="Advance"/> commits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int bytes)
    {
        if (_bytes.Length - Length < bytes)
            Grow(bytes);

        return _bytes.AsSpan(Length);
    }

    /// <summary>Commits bytes that were written to the reserved space.</summary>
    public void Advance(int bytes) => Length += bytes;

    /// <summary>Adds bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PdfBuffer Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
        return this;
    }

    /// <summary>Adds ASCII text.</summary>
    public PdfBuffer Add(string ascii)
    {
        Length += Encoding.ASCII.GetBytes(ascii, Reserve(ascii.Length));
        return this;
    }

    /// <summary>Adds a whole number.</summary>
    public PdfBuffer Add(long number)
    {
        Utf8Formatter.TryFormat(number, Reserve(20), out var written);
        Length += written;
        return this;
    }

    /// <summary>Adds a length in hundredths of a point, without trailing zeros.</summary>
    public PdfBuffer Points(int hundredths)
    {
        if (hundredths < 0)
        {
            Add("-"u8);
            hundredths = -hundredths;
        }

        Add(hundredths / 100);
        var (tenths, rest) = (hundredths % 100 / 10, hundredths % 10);
        if (tenths == 0 && rest == 0)
            return this;

        var room = Reserve(3);
        (room[0], room[1], room[2]) = ((byte)'.', (byte)('0' + tenths), (byte)('0' + rest));
        Length += rest == 0 ? 2 : 3;
        return this;
    }

    /// <summary>Adds a reference to an object.</summary>
    public PdfBuffer Reference(int id) => Add(id).Add(" 0 R"u8);

    /// <summary>Adds a text string (ISO 32000-1, 7.9.2.2) as UTF-16.</summary>
    public PdfBuffer Text(ReadOnlySpan<char> text)
    {
        Add("<FEFF"u8);
        Span<byte> digits = stackalloc byte[4];
        foreach (var character in text)
        {
            Utf8Formatter.TryFormat((ushort)character, digits, out _, new StandardFormat('X', 4));
            Add(digits);
        }

        return Add(">"u8);
    }

    /// <summary>Adds one glyph inside a literal string, its two bytes escaped where they must be.</summary>
    public PdfBuffer Glyph(ushort glyph)
    {
        Length += GlyphBytes.Write(Reserve(4), glyph);
        return this;
    }

    public void Dispose()
    {
        if (_bytes.Length == 0)
            return;

        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    private void Grow(int bytes)
    {
        ObjectDisposedException.ThrowIf(_bytes.Length == 0, this);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + bytes));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
