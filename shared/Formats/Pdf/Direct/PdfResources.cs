using ExportFunctions.Formats.Pdf.Direct.Text;
using ExportFunctions.Formats.Pdf.Images;

namespace ExportFunctions.Formats.Pdf.Direct;

/// <summary>What all documents of a process share.</summary>
/// <param name="Fonts">The font files.</param>
/// <param name="Logos">The logos.</param>
/// <param name="Threads">The threads that compress.</param>
internal sealed record PdfResources(SharedFonts Fonts, Logos Logos, int Threads);
