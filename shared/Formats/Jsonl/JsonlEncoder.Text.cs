using System.Buffers;
using System.Text;
using System.Text.Unicode;
using ExportFunctions.Formats.Records;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Jsonl;

/// <content>Texts: quotes, escapes, and what could be taken for a line break.</content>
internal sealed partial class JsonlEncoder
{
    // \u0000
    private const int MaxEscapeBytes = 6;

    // Control characters, quotes and backslashes; and the first bytes of U+0085, U+2028 and U+2029.
    private static readonly byte[] Special =
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\', 0xC2, 0xE2];
    private static readonly OrdinaryBytes Ordinary = new(Special);
    private static readonly SearchValues<byte> SpecialValues = SearchValues.Create(Special);

    private long _invalid;

    public override IReadOnlyCollection<ExportWarning> Warnings => _invalid == 0
        ? []
        : [new ExportWarning(
            "characters_replaced", _invalid, "Bytes that are no UTF-8 were replaced in texts, because JSON can't hold them.")];

    private void WriteText(ReadOnlySpan<byte> text)
    {
        Reserve(Slack + text.Length);
        var room = Buffer.AsSpan(Length + 1);
        if (!Ordinary.Copy(text, room) || !Utf8.IsValid(text))
        {
            WriteSlowly(text);
            return;
        }

        Buffer[Length] = room[text.Length] = (byte)'"';
        Length += text.Length + 2;
    }

    private void WriteSlowly(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            _invalid++;
            text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
        }

        Buffer[Length++] = (byte)'"';
        while (text.IndexOfAny(SpecialValues) is var at and >= 0)
        {
            Reserve(checked(Slack + text.Length + MaxEscapeBytes));
            Append(text[..at]);
            text = text[at..];
            text = text[Escape(text)..];
        }

        Reserve(Slack + text.Length);
        Append(text);
        Buffer[Length++] = (byte)'"';
    }

    // Writes the first character, whose first byte is special; returns the number of bytes consumed.
    private int Escape(ReadOnlySpan<byte> text)
    {
        switch (text[0])
        {
            case (byte)'"':
                Append("\\\""u8);
                return 1;
            case (byte)'\\':
                Append("\\\\"u8);
                return 1;
            case (byte)'\n':
                Append("\\n"u8);
                return 1;
            case (byte)'\r':
                Append("\\r"u8);
                return 1;
            case (byte)'\t':
                Append("\\t"u8);
                return 1;
            case < 0x20:
                Append("\\u00"u8);
                Append([Hex(text[0] >> 4), Hex(text[0] & 0x0F)]);
                return 1;
            case 0xC2:
                Append(text[1] == 0x85 ? "\\u0085"u8 : text[..2]);
                return 2;
            default:
                Append(text[1] != 0x80 ? text[..3] : text[2] switch { 0xA8 => "\\u2028"u8, 0xA9 => "\\u2029"u8, _ => text[..3] });
                return 3;
        }
    }

    private static byte Hex(int digit) => (byte)"0123456789abcdef"[digit];
}
