using System.Buffers.Binary;

namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>
/// Makes a CFF font (Adobe technical note 5176) of the PostScript outlines that one document shows. It is keyed by CID: a glyph's CID is
/// the
/// number it has in the whole font, which is what text in the document says (ISO 32000-1, 9.7.4.2).
/// </summary>
internal static class CompactOutlines
{
    private const int FirstOwnString = 391;

    /// <summary>Makes the font.</summary>
    /// <param name="tables">The whole font.</param>
    /// <param name="used">By glyph: whether it is shown.</param>
    /// <param name="name">Its PostScript name.</param>
    /// <exception cref="InvalidDataException">The outlines are damaged.</exception>
    public static byte[] Make(FontTables tables, bool[] used, string name)
    {
        var file = new CompactFile(tables);
        var names = file.ReadIndex(file.Read(0, 4)[2]);
        var tops = file.ReadIndex(names.End);
        var top = CompactDictionary.Read(tops.Read(0));
        var strings = file.ReadIndex(tops.End);
        var outlines = file.ReadIndex(top.Find(CompactDictionary.CharStrings) is [var start] ? start : throw Damaged());
        int[] glyphs = [0, .. Enumerable.Range(1, Math.Max(0, Math.Min(used.Length, outlines.Count) - 1)).Where(glyph => used[glyph])];
        var fonts = Fonts(file, top);
        var fontOf = FontOf(file, top, glyphs, fonts.Count);
        var global = file.ReadIndex(strings.End);
        var flat = glyphs.Select((glyph, i) => new CharString(global, fonts[fontOf[i]].Subroutines).Flatten(outlines.Read(glyph))).ToList();
        return Assemble(name, top, glyphs, fontOf, flat, fonts);
    }

    // The dictionaries that glyphs share: one in a font that is keyed by name.
    private static List<FontDictionary> Fonts(CompactFile file, CompactDictionary top)
    {
        if (top.Find(CompactDictionary.Registry) is null)
            return [FontDictionary.Read(file, top)];

        var list = file.ReadIndex(top.Find(CompactDictionary.FontList) is [var start] ? start : throw Damaged());
        return [.. Enumerable.Range(0, list.Count).Select(i => FontDictionary.Read(file, CompactDictionary.Read(list.Read(i))))];
    }

    private static byte[] FontOf(CompactFile file, CompactDictionary top, int[] glyphs, int fonts)
    {
        var result = new byte[glyphs.Length];
        if (top.Find(CompactDictionary.Registry) is not null && top.Find(CompactDictionary.FontOfGlyph) is [var start])
        {
            for (var i = 0; i < glyphs.Length; i++)
                result[i] = file.Read(start, 1)[0] == 0 ? file.Read(start + 1L + glyphs[i], 1)[0] : (byte)0;

            if (file.Read(start, 1)[0] == 3)
                FromRanges(file, start + 1, glyphs, result);
        }

        return result.All(font => font < fonts) ? result : throw Damaged();
    }

    // Ranges of glyphs: a count, then the first glyph and the dictionary of each, and at last where they end.
    private static void FromRanges(CompactFile file, long start, int[] glyphs, byte[] result)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(file.Read(start, 2));
        var ranges = file.Read(start + 2, (count * 3) + 2);
        var range = 0;
        for (var i = 0; i < glyphs.Length; i++)
        {
            while (range + 1 < count && BinaryPrimitives.ReadUInt16BigEndian(ranges.AsSpan((range + 1) * 3)) <= glyphs[i])
                range++;

            result[i] = ranges[(range * 3) + 2];
        }
    }

    private static byte[] Assemble(
        string name, CompactDictionary top, int[] glyphs, byte[] fontOf, List<byte[]> outlines, List<FontDictionary> fonts)
    {
        byte[] before = [1, 0, 4, 4, .. Index([[.. name.Select(letter => (byte)letter)]])];
        byte[] after = [.. Index(["Adobe"u8.ToArray(), "Identity"u8.ToArray()]), 0, 0];
        byte[] charset = [0, .. glyphs.Skip(1).SelectMany(glyph => new[] { (byte)(glyph >> 8), (byte)glyph })];
        byte[] selection = [0, .. fontOf];
        var strings = Index(outlines);

        // Numbers of a fixed width: the dictionary is as long with whatever offsets.
        byte[] Top(int start) => Index(
        [
            [
                .. Number(FirstOwnString), .. Number(FirstOwnString + 1), .. Number(0), 12, 30,
                .. top.BytesOf(CompactDictionary.FontBox), .. Number(ushort.MaxValue), 12, 34,
                .. Number(start), 15, .. Number(start + charset.Length), 12, 37, .. Number(start + charset.Length + selection.Length), 17,
                .. Number(start + charset.Length + selection.Length + strings.Length), 12, 36,
            ],
        ]);
        var start = before.Length + Top(0).Length + after.Length;
        var position = start + charset.Length + selection.Length + strings.Length + FontDictionary.ListBytes(fonts);
        var list = new List<byte[]>();
        var privates = new List<byte>();
        foreach (var font in fonts)
        {
            list.Add([.. font.Matrix, .. Number(font.Private.Length), .. Number(position + privates.Count), 18]);
            privates.AddRange(font.Private);
        }

        return [.. before, .. Top(start), .. after, .. charset, .. selection, .. strings, .. Index(list), .. privates];
    }

    private static byte[] Index(List<byte[]> objects)
    {
        var result = new byte[3 + ((objects.Count + 1) * 4) + objects.Sum(item => item.Length)];
        BinaryPrimitives.WriteUInt16BigEndian(result, (ushort)objects.Count);
        result[2] = 4;
        var (offset, start) = (1, 2 + ((objects.Count + 1) * 4));
        for (var i = 0; i <= objects.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(result.AsSpan(3 + (i * 4)), offset);
            if (i == objects.Count)
                break;

            objects[i].CopyTo(result, start + offset);
            offset += objects[i].Length;
        }

        return result;
    }

    private static byte[] Number(int value) => [29, (byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static InvalidDataException Damaged() => new("its table CFF is damaged");

    /// <summary>What some glyphs share.</summary>
    /// <param name="Matrix">The entry of their matrix; nothing for the usual one.</param>
    /// <param name="Private">Their private dictionary, without subroutines.</param>
    /// <param name="Subroutines">Their subroutines; null when they have none.</param>
    private sealed record FontDictionary(byte[] Matrix, byte[] Private, CompactFile.CompactIndex? Subroutines)
    {
        public static FontDictionary Read(CompactFile file, CompactDictionary font)
        {
            var matrix = font.BytesOf(CompactDictionary.FontMatrix);
            if (font.Find(CompactDictionary.Private) is not [var length, var start])
                return new FontDictionary(matrix, [], null);

            var shared = CompactDictionary.Read(file.Read(start, length));
            var subroutines = shared.Find(CompactDictionary.Subroutines) is [var offset] ? file.ReadIndex(start + (long)offset) : null;
            return new FontDictionary(matrix, shared.BytesWithout(CompactDictionary.Subroutines), subroutines);
        }

        /// <summary>The bytes of the INDEX of dictionaries, whose numbers have a fixed width.</summary>
        public static int ListBytes(List<FontDictionary> fonts) => 3 + ((fonts.Count + 1) * 4) + fonts.Sum(font => font.Matrix.Length + 11);
    }
}
