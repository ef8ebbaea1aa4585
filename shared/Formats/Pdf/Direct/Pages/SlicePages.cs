namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>What a slice leaves to the file's end: on each page an object for what only the end knows, such as the page's number.</summary>
/// <param name="isFirst">Whether the file's first page is among them.</param>
internal sealed class SlicePages(bool isFirst)
{
    /// <summary>Whether the file's first page is among them, whose titles are the end's too.</summary>
    public bool IsFirst => isFirst;

    /// <summary>The objects that the end writes, in the order of the pages.</summary>
    public List<int> Ends { get; } = [];
}
