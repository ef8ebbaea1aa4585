using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Tags;

namespace ExportFunctions.Formats.Pdf.Direct.Pages;

/// <summary>
/// The current pages: those side by side that hold the same rows (one, unless the columns don't fit the sheet). When full they are written,
/// and their rows are released.
/// </summary>
internal sealed class Band(
    PdfFile file,
    PageHead head,
    PageFrame frame,
    TableMeasures measures,
    PageGroup[] groups,
    StructureTree? tags,
    SlicePages? slice) : IDisposable
{
    private readonly PageTree _tree = new(file);
    private readonly List<(int Bottom, int Height)> _stripes = [];
    private long _bands;
    private bool _isOpen;

    /// <summary>The groups of columns, a page each.</summary>
    public PageGroup[] Groups => groups;

    /// <summary>The rows added so far, including those continued from the previous band.</summary>
    public int Rows { get; private set; }

    /// <summary>
    /// Where the next row starts on the first of the pages side by side; pages to its right start higher in the first band.
    /// </summary>
    public int Top { get; private set; }

    /// <summary>The height left for rows.</summary>
    public int Room => Top - measures.Bottom;

    /// <summary>The pages written.</summary>
    public long Pages { get; private set; }

    /// <summary>True when the pages must be written at the end: they hold rows, or are the first.</summary>
    public bool IsPending => Rows > 0 || IsFirst;

    /// <summary>How much higher a group's rows stand than the first group's.</summary>
    public int Lift(int group) => IsFirst && group > 0 ? measures.TitlesHeight : 0;

    /// <summary>Starts the pages, unless already started.</summary>
    public void Open()
    {
        if (_isOpen)
            return;

        _isOpen = true;
        Top = measures.TableTop(isUnderTitles: IsFirst) - measures.HeaderHeight;
        foreach (var group in groups)
        {
            group.Page = file.Reserve();
            group.Marks = tags?.OpenPage(group.Page);
        }
    }

    /// <summary>Takes the space of a row, every second one with a stripe.</summary>
    public void Take(int height)
    {
        Top -= height;
        if (Rows % 2 == 1)
            _stripes.Add((Top, height));

        Rows++;
    }

    /// <summary>Writes the pages.</summary>
    public void Close()
    {
        Open();
        for (var group = 0; group < groups.Length; group++)
            WritePage(group);

        foreach (var group in groups)
        {
            group.Rows.Clear();
            if (tags is not null)
                tags.ClosePage(group.Marks!);
        }

        tags?.CloseBand();
        _stripes.Clear();
        _bands++;
        Rows = 0;
        _isOpen = false;
    }

    /// <summary>Writes the rest of the page tree.</summary>
    /// <param name="inherited">What all pages inherit.</param>
    /// <returns>Its root.</returns>
    /// <param name="parent">The node above its root; null when there is none.</param>
    public int Complete(string inherited, int? parent = null) => _tree.Complete(inherited, parent);

    public void Dispose()
    {
        foreach (var group in groups)
            group.Dispose();
    }

    // Titles stand on the file's first page alone.
    private bool IsFirst => _bands == 0 && slice is not { IsFirst: false };

    private void WritePage(int index)
    {
        var group = groups[index];
        var contents = file.Reserve();
        var content = file.BeginStream(contents);
        if (IsFirst && index == 0 && slice is null)
            head.Write(content, tags, group.Marks);

        WriteFrame(content, index);
        if (Rows > 0)
            content.Add(
                "BT/F0 "u8).Points(measures.FontSize).Add(" Tf "u8).Add(PageColors.Ink).Add("\n"u8).Add(group.Rows.Written).Add("ET\n"u8);
        else if (slice is null)
            frame.WriteEmpty(content, Top, index == 0 ? tags : null, group.Marks);

        Artifact(content, "/Artifact<</Type/Pagination/Subtype/Footer>>BDC "u8);
        PageFrame.WriteFootTitle(content, index);
        Pages++;
        if (slice is null)
            frame.WritePageNumber(content, Pages);
        Artifact(content, "EMC "u8);
        file.End();

        var parent = _tree.Add(group.Page);
        var end = slice is null ? (int?)null : file.Reserve();
        var page = file.Begin(group.Page).Add(
            "<</Type/Page/Parent "u8).Reference(parent).Add(end is null ? "/Contents "u8 : "/Contents["u8).Reference(contents);
        if (end is { } id)
        {
            page.Add(" "u8).Reference(id).Add("]"u8);
            slice!.Ends.Add(id);
        }

        if (group.Marks is { } marks)
            page.Add("/Tabs/S/StructParents "u8).Add(marks.Index);

        page.Add(">>"u8);
        file.End();
    }

    private void WriteFrame(PdfBuffer content, int index)
    {
        var lift = Lift(index);
        var isTagged = tags is not null && _bands == 0;
        var top = measures.TableTop(isUnderTitles: IsFirst && index == 0);
        Artifact(content, "/Artifact BMC "u8);
        frame.WriteStripes(
            content, index, lift == 0 ? _stripes : [.. _stripes.Select(stripe => (stripe.Bottom + lift, stripe.Height))], Top + lift);
        if (isTagged)
            Artifact(content, "EMC "u8);

        content.Add("q 1 0 0 1 0 "u8).Points(top).Add(" cm\n"u8);
        if (isTagged)
            frame.WriteHeader(content, index, (text, column) => MarkHeading(text, groups[index], column));
        else
            content.Add("/H"u8).Add(index).Add(" Do "u8);

        content.Add("Q\n"u8);
        if (!isTagged)
            Artifact(content, "EMC "u8);
    }

    private void MarkHeading(PdfBuffer text, PageGroup group, int column)
    {
        if (group.Columns[0].IsRepeated && group.Columns[0].Index == column)
            text.Add("/Artifact BMC "u8);
        else
            tags!.OpenHeading(text, group.Marks!);
    }

    private void Artifact(PdfBuffer content, ReadOnlySpan<byte> operators)
    {
        if (tags is not null)
            content.Add(operators);
    }
}
