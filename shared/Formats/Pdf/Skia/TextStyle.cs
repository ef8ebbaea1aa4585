using SkiaSharp;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>How a text is set.</summary>
/// <param name="Face">The font tried first.</param>
/// <param name="Plain">That font's plain glyphs.</param>
/// <param name="Size">The size in points.</param>
/// <param name="Color">The colour.</param>
internal sealed record TextStyle(FontFace Face, PlainGlyphs Plain, float Size, SKColor Color);
