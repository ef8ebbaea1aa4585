namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>A shaped word, or the blanks between two words.</summary>
/// <param name="Font">The font.</param>
/// <param name="Operators">What shows it, in that font.</param>
/// <param name="Width">The advance in thousandths of an em.</param>
/// <param name="Missing">The characters that boxes stand in for; null when there are none.</param>
internal sealed record TextPiece(DocumentFont Font, byte[] Operators, int Width, string? Missing);

/// <summary>Where a piece stands in its paragraph.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="Length">Its characters.</param>
/// <param name="Level">Its embedding level.</param>
/// <param name="EndsWord">Whether a line may end after it.</param>
/// <param name="IsBlank">Whether it is made of blanks.</param>
/// <param name="Piece">The piece.</param>
internal readonly record struct PlacedPiece(int Start, int Length, byte Level, bool EndsWord, bool IsBlank, TextPiece Piece);
