using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>How a text is set.</summary>
/// <param name="Weight">The weight of the font tried first.</param>
/// <param name="Size">The size, in hundredths of a point.</param>
internal readonly record struct TextStyle(TextWeight Weight, int Size);
