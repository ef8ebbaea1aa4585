namespace ExportFunctions.Formats.Xlsx;

/// <summary>The decisions about a column, from its declaration and the first rows.</summary>
/// <param name="Width">Its width in characters of the default font.</param>
/// <param name="Format">The number format of its typed cells; null for text.</param>
/// <param name="WholeFormat">The number format of its cells without a fraction, where it is another one; null otherwise.</param>
/// <param name="Wraps">Whether texts wider than the column go on in further lines.</param>
internal sealed record ColumnPlan(double Width, string? Format, string? WholeFormat, bool Wraps);
