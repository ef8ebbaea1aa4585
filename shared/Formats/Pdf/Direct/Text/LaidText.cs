namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>A line of text as operators that show it at the text position, in and out of the style's own font.</summary>
/// <param name="Operators">Content stream operators.</param>
/// <param name="Width">The width in thousandths of an em.</param>
/// <param name="Flaws">What could not be shown.</param>
internal sealed record LaidText(byte[] Operators, int Width, TextFlaws Flaws)
{
    /// <summary>Whether the operators move the start of the line, and back: what shows it must not move within the line before.</summary>
    public bool IsBlock { get; init; }

    /// <summary>Nothing to show.</summary>
    public static LaidText Empty { get; } = new([], 0, TextFlaws.None);
}
