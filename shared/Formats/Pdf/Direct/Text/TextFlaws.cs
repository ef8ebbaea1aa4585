namespace ExportFunctions.Formats.Pdf.Direct.Text;

/// <summary>What could not be shown of a text unchanged.</summary>
/// <param name="IsTruncated">Whether it ends in an ellipsis.</param>
/// <param name="IsSmall">Whether it is set so small that it has to be enlarged to be read.</param>
/// <param name="Missing">Characters that no font has, the first of them; null when there are none.</param>
internal readonly record struct TextFlaws(bool IsTruncated = false, bool IsSmall = false, string? Missing = null)
{
    /// <summary>Nothing is wrong.</summary>
    public static TextFlaws None => default;

    /// <summary>The flaws of two pieces of a text.</summary>
    public static TextFlaws operator |(TextFlaws left, TextFlaws right) =>
        new(left.IsTruncated || right.IsTruncated, left.IsSmall || right.IsSmall, left.Missing ?? right.Missing);
}
