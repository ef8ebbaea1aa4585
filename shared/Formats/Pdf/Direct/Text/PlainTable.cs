using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Fonts;
using HarfBuzzSharp;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>
/// The bytes and advance of every character that needs no shaping: Latin, Greek and Cyrillic letters, digits, punctuation and signs. Made
/// once a font, so that most text costs one table read a character. All of them run from left to right.
/// </summary>
internal sealed class PlainTable
{
    /// <summary>Characters from here on are never plain.</summary>
    public const int Limit = 0x2500;

    private readonly Entry[] _entries = new Entry[Limit];
    private readonly Dictionary<ushort, char> _characters = [];

    /// <summary>Looks up every plain character.</summary>
    /// <param name="file">The font.</param>
    public PlainTable(FontFile file)
    {
        using var font = new Font(file.Face);
        font.SetScale(file.UnitsPerEm, file.UnitsPerEm);
        font.SetFunctionsOpenType();
        Span<byte> bytes = stackalloc byte[4];
        for (var character = ' '; character < Limit; character++)
        {
            // A glyph two characters share reads back as the first of them; the second is shaped, which names its character.
            if (!IsPlain(character)
                || !font.TryGetNominalGlyph(character, out var glyph)
                || glyph == 0
                || !_characters.TryAdd((ushort)glyph, character))
                continue;

            bytes.Clear();
            var length = GlyphBytes.Write(bytes, (ushort)glyph);
            var advance = Math.Round(font.GetHorizontalGlyphAdvance(glyph) * 1000.0 / file.UnitsPerEm);
            _entries[character] = new Entry(MemoryMarshal.Read<uint>(bytes), (ushort)advance, (byte)length, (ushort)glyph);
        }
    }

    /// <summary>The character a glyph stands for in plain text; null for a glyph of shaped text only.</summary>
    public char? CharacterOf(ushort glyph) => _characters.TryGetValue(glyph, out var character) ? character : null;

    /// <summary>The glyph of a plain character; 0 for any other.</summary>
    public ushort Glyph(char character) => character < Limit ? _entries[character].Glyph : (ushort)0;

    /// <summary>The advance of a plain character, in thousandths of an em.</summary>
    public int Advance(char character) => _entries[character].Advance;

    /// <summary>The width in thousandths of an em, or -1 when a character is not plain.</summary>
    public int Measure(ReadOnlySpan<char> text)
    {
        var width = 0;
        foreach (var character in text)
        {
            if (character >= Limit || _entries[character].Length == 0)
                return -1;

            width += _entries[character].Advance;
        }

        return width;
    }

    /// <summary>Writes text as the inside of a literal string, up to a width.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="target">Room for 4 bytes a byte of text and 4 more.</param>
    /// <param name="used">Takes which characters were written.</param>
    /// <param name="room">The width to stay within, in thousandths of an em.</param>
    /// <param name="width">The width written.</param>
    /// <param name="read">The bytes of text taken: less than all when the rest does not fit.</param>
    /// <returns>The bytes written, or -1 when a character among those looked at is not plain.</returns>
    public int Write(ReadOnlySpan<byte> utf8, Span<byte> target, bool[] used, int room, out int width, out int read)
    {
        width = 0;
        read = 0;
        var written = 0;
        ref var entries = ref MemoryMarshal.GetArrayDataReference(_entries);
        while (read < utf8.Length)
        {
            int character = utf8[read];
            var step = 1;
            if (character >= 0x80)
            {
                (character, step) = Decode(utf8[read..]);
                if (character >= Limit)
                    return -1;
            }

            ref var entry = ref Unsafe.Add(ref entries, character);
            if (entry.Length == 0)
                return -1;

            if (width + entry.Advance > room)
                break;

            MemoryMarshal.Write(target[written..], entry.Bytes);
            written += entry.Length;
            width += entry.Advance;
            used[character] = true;
            read += step;
        }

        return written;
    }

    // Characters of four bytes are never plain.
    private static (int Character, int Step) Decode(ReadOnlySpan<byte> utf8) => utf8 switch
    {
        [< 0xE0, var second, ..] => (((utf8[0] & 0x1F) << 6) | (second & 0x3F), 2),
        [< 0xF0, var second, var third, ..] => (((utf8[0] & 0x0F) << 12) | ((second & 0x3F) << 6) | (third & 0x3F), 3),
        _ => (Limit, 1),
    };

    private static bool IsPlain(char character) =>
        character is < '\u0530' or >= '\u1E00'
        && CharUnicodeInfo.GetUnicodeCategory(
            character) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);

    private readonly record struct Entry(uint Bytes, ushort Advance, byte Length, ushort Glyph);
}
