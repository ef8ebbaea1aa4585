using SkiaSharp;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>The few colours of a page. All text has a contrast of at least 4.5 to 1 against what lies behind it.</summary>
internal static class PageColors
{
    public static readonly SKColor Ink = new(0x1F, 0x23, 0x2B);
    public static readonly SKColor Heading = new(0x1B, 0x2A, 0x41);
    public static readonly SKColor Muted = new(0x55, 0x5F, 0x6E);
    public static readonly SKColor HeaderFill = new(0xE4, 0xEA, 0xF2);
    public static readonly SKColor Zebra = new(0xF5, 0xF7, 0xFA);
    public static readonly SKColor Rule = new(0x8A, 0x97, 0xA8);
}
