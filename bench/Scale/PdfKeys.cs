using System.Buffers.Text;
using System.IO.Compression;

namespace ExportFunctions.Bench.Scale;

/// <summary>
/// Reads the first column of a table's pages, in the order of the file: some 20 times as fast as a program that lays text out. It knows
/// how pages are written here; that they stand in this order in the document as well is for a foreign reader to say.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class PdfKeys(string path) : IDisposable
{
    // The shipped font has its digits in a row, from this glyph on.
    private const byte Zero = 0x13;

    private readonly FileStream _file =
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
    private byte[] _bytes = new byte[4 * 1024 * 1024];
    private byte[] _text = new byte[1024 * 1024];
    private int _start;
    private int _end;

    /// <summary>The keys of each page; of one that holds none nothing.</summary>
    public IEnumerable<List<long>> Read()
    {
        var keys = new List<long>();
        while (NextPage() is var length and >= 0)
        {
            keys.Clear();
            AddKeys(_text.AsSpan(0, length), keys);
            if (keys.Count > 0)
                yield return keys;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Inflates the next content stream; its length, or -1 after the last one.</summary>
    private int NextPage()
    {
        while (Find("/Length "u8))
        {
            var isContent = _bytes.AsSpan(0, _start).EndsWith("obj\n<</Filter/FlateDecode"u8);
            _start += "/Length "u8.Length;
            if (!Utf8Parser.TryParse(_bytes.AsSpan(_start, Math.Min(10, _end - _start)), out int length, out var digits))
                continue;

            _start += digits;
            if (!_bytes.AsSpan(_start, _end - _start).StartsWith(">>stream\n"u8))
                continue;

            _start += ">>stream\n"u8.Length;
            Ensure(length);
            var packed = _start;
            _start += length;
            if (isContent)
                return Inflate(packed, length);
        }

        return -1;
    }

    private bool Find(ReadOnlySpan<byte> what)
    {
        while (true)
        {
            var at = _bytes.AsSpan(_start, _end - _start).IndexOf(what);
            if (at >= 0)
            {
                // What follows is looked at as well.
                _start += at;
                Ensure(64);
                return true;
            }

            // What stands before the place is looked at as well.
            _start = Math.Max(_start, _end - 64);
            if (!Fill())
                return false;
        }
    }

    private void Ensure(int length)
    {
        while (_end - _start < length && Fill())
        {
            // As far as the file goes.
        }
    }

    private bool Fill()
    {
        var kept = Math.Max(0, _start - 64);
        _bytes.AsSpan(kept, _end - kept).CopyTo(_bytes);
        (_start, _end) = (_start - kept, _end - kept);
        if (_end == _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);

        var read = _file.Read(_bytes.AsSpan(_end));
        _end += read;
        return read > 0;
    }

    private int Inflate(int start, int length)
    {
        using var stream = new ZLibStream(new MemoryStream(_bytes, start, length), CompressionMode.Decompress);
        var total = 0;
        while (stream.Read(_text.AsSpan(total)) is var read and > 0)
        {
            total += read;
            if (total == _text.Length)
                Array.Resize(ref _text, _text.Length * 2);
        }

        return total;
    }

    // The first cell of a row is the one that moves down: "x y Td", with a y that isn't 0.
    private static void AddKeys(ReadOnlySpan<byte> content, List<long> keys)
    {
        while (content.IndexOf(" Td"u8) is var at and >= 0)
        {
            var isRow = !content[..at].EndsWith(" 0"u8);
            content = content[(at + 3)..];
            if (!isRow || content.IndexOf((byte)'(') is not (var open and >= 0))
                continue;

            content = content[(open + 1)..];
            var key = 0L;
            while (content is [0, >= Zero and <= Zero + 9, ..])
            {
                key = (key * 10) + content[1] - Zero;
                content = content[2..];
            }

            if (content is [(byte)')', ..])
                keys.Add(key);
        }
    }
}
