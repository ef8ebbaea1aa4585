namespace ExportFunctions.Formats.Xlsx;

/// <summary>The two beginnings of a text cell of one style.</summary>
/// <param name="Value">Opens a text that is written as it is.</param>
/// <param name="Inline">Opens a text that is empty, has white space at an end or needs escaping, as an inline string.</param>
internal sealed record TextTags(CellTag Value, CellTag Inline);
