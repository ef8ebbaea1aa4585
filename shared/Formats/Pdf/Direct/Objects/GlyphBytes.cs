namespace ExportFunctions.Formats.Pdf.Direct.Objects;

/// <summary>Writes glyph numbers into literal strings.</summary>
internal static class GlyphBytes
{
    /// <summary>
    /// Writes a glyph's two bytes, high byte first, with parentheses, backslash and carriage return escaped (ISO 32000-1, 7.3.4.2).
    /// </summary>
    /// <returns>The bytes written, 2 to 4.</returns>
    public static int Write(Span<byte> target, ushort glyph)
    {
        var length = Escape(target, (byte)(glyph >> 8));
        return length + Escape(target[length..], (byte)glyph);
    }

    private static int Escape(Span<byte> target, byte value)
    {
        if (value is not ((byte)'(' or (byte)')' or (byte)'\\' or (byte)'\r'))
        {
            target[0] = value;
            return 1;
        }

        target[0] = (byte)'\\';
        target[1] = value == '\r' ? (byte)'r' : value;
        return 2;
    }
}
