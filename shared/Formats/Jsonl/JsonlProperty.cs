using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExportFunctions.Formats.Jsonl;

/// <summary>A property's name with the comma before and the colon after it, encoded once.</summary>
internal sealed class JsonlProperty
{
    private readonly byte[] _padded;
    private readonly int _length;

    private JsonlProperty(byte[] padded, int length)
    {
        _padded = padded;
        _length = length;
    }

    /// <summary>The bytes that <see cref="CopyTo"/> writes, of which only the first count.</summary>
    public int Room => _padded.Length;

    /// <summary>Prepares a name.</summary>
    /// <param name="name">The name.</param>
    public static JsonlProperty Of(string name)
    {
        var text = Encoding.UTF8.GetBytes($",\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\":");
        var padded = new byte[(text.Length + Vector128<byte>.Count - 1) / Vector128<byte>.Count * Vector128<byte>.Count];
        text.CopyTo(padded, 0);
        return new JsonlProperty(padded, text.Length);
    }

    /// <summary>Writes it in whole blocks: there must be room for <see cref="Room"/> bytes.</summary>
    /// <param name="to">The target.</param>
    /// <returns>The bytes that count.</returns>
    public int CopyTo(ref byte to)
    {
        for (var i = 0; i < _padded.Length; i += Vector128<byte>.Count)
            Vector128.LoadUnsafe(ref _padded[0], (nuint)i).StoreUnsafe(ref to, (nuint)i);

        return _length;
    }
}
