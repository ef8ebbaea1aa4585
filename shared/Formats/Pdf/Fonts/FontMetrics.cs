namespace ExportFunctions.Formats.Pdf.Fonts;

/// <summary>What a font descriptor says (ISO 32000-1, table 122), in thousandths of an em.</summary>
/// <param name="Name">The PostScript name.</param>
/// <param name="Box">The box around all glyphs: left, bottom, right, top.</param>
/// <param name="Ascent">The height above the baseline.</param>
/// <param name="Descent">The depth below it, negative.</param>
/// <param name="CapHeight">The height of capitals.</param>
/// <param name="ItalicAngle">The slant in degrees.</param>
internal sealed record FontMetrics(string Name, int[] Box, int Ascent, int Descent, int CapHeight, int ItalicAngle)
{
    public static FontMetrics Read(FontTables tables)
    {
        int Thousandths(int units) => (int)Math.Round(units * 1000.0 / tables.UnitsPerEm);
        int Box(int offset) => Thousandths(tables.Int16("head", offset));
        var ascent = Thousandths(tables.Int16("hhea", 4));
        return new FontMetrics(
            tables.FindPostScriptName(),
            [Box(36), Box(38), Box(40), Box(42)],
            ascent,
            Thousandths(tables.Int16("hhea", 6)),
            tables.Length("OS/2") >= 90 ? Thousandths(tables.Int16("OS/2", 88)) : ascent,
            tables.Length("post") >= 8 ? tables.Int16("post", 4) : 0);
    }
}
