namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>
/// What a slice leaves for the end of the file: on each page, an object for what is only known at the end, such as the page number.
/// </summary>
/// <param name="isFirst">Whether the file's first page is among them.</param>
internal sealed class SlicePages(bool isFirst)
{
    /// <summary>Whether the file's first page is among them, whose titles are the end's too.</summary>
    public bool IsFirst => isFirst;

    /// <summary>The objects that the end writes, in the order of the pages.</summary>
    public List<int> Ends { get; } = [];
}
