using SkiaSharp;

namespace ExportFunctions.Formats.Pdf.Skia;

/// <summary>Glyphs of one font in drawing order, with the text they stand for, so that searching and copying find it.</summary>
/// <param name="Face">The font.</param>
/// <param name="Glyphs">The glyphs, from left to right.</param>
/// <param name="Positions">Where each stands from the run's start on the baseline, in ems, y down.</param>
/// <param name="Clusters">For each glyph the offset of its text in <paramref name="Utf8"/>.</param>
/// <param name="Utf8">The run's text.</param>
/// <param name="Width">The run's advance, in ems.</param>
internal sealed record ShapedRun(FontFace Face, ushort[] Glyphs, SKPoint[] Positions, uint[] Clusters, byte[] Utf8, float Width);
