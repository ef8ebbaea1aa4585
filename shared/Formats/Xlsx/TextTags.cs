namespace ExportFunctions.Formats.Xlsx;

/// <summary>The two beginnings of a text cell of one style.</summary>
/// <param name="value">Opens a text that is written as it is.</param>
/// <param name="inline">Opens a text that is empty, has white space at an end or needs escaping, as an inline string.</param>
internal sealed class TextTags(CellTag value, CellTag inline)
{
    /// <summary>Opens a text that is written as it is.</summary>
    public readonly CellTag Value = value;

    /// <summary>Opens a text that is empty, has white space at an end or needs escaping, as an inline string.</summary>
    public readonly CellTag Inline = inline;
}
