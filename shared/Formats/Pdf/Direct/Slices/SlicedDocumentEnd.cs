using ExportFunctions.Formats.Pdf.Direct.Document;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Direct.Pages;
using ExportFunctions.Formats.Slices;

namespace ExportFunctions.Formats.Pdf.Direct.Slices;

/// <summary>
/// Writes everything after the slices: titles and page numbers, the root of the page tree, the document-level objects, and all object
/// offsets.
/// </summary>
/// <param name="output">Where the bytes go.</param>
/// <param name="layout">What the file looks like, with the rows it has.</param>
/// <param name="resources">The fonts and logos, and the threads that compress.</param>
internal sealed class SlicedDocumentEnd(Stream output, FileLayout layout, PdfResources resources)
{
    private readonly CrossReferences _references = new(FileNumbers.End);
    private readonly List<int> _roots = [];

    /// <summary>Writes it. Memory holds the index of one slice at a time.</summary>
    /// <param name="plan">What the slices agree on.</param>
    /// <param name="slices">The slices, in order.</param>
    public async ValueTask WriteAsync(PdfPlan plan, IReadOnlyList<WrittenSlice> slices, CancellationToken cancellationToken)
    {
        var pages = 0;
        foreach (var slice in slices)
            pages += PdfSliceIndex.PagesOf(await slice.Index(cancellationToken));

        await using var file =
            new PdfFile(output, resources.Threads, _references) { Offset = slices[^1].Offset + slices[^1].Bytes, HasHeader = false };
        using var design = new PageDesign(layout, resources, plan.Needs, plan.Titles, pages);
        using var content = new PdfBuffer();
        var page = 0;
        foreach (var slice in slices)
        {
            using var index = new PdfSliceIndex(await slice.Index(cancellationToken));
            foreach (var (id, offset) in index.ReadObjects())
            {
                file.Place(id, slice.Offset + offset);
                if (file.IsBatchFull)
                    await file.SubmitAsync(cancellationToken);
            }

            foreach (var id in index.ReadEnds())
            {
                WritePageEnd(file, id, design, page++, content);
                if (file.IsBatchFull)
                    await file.SubmitAsync(cancellationToken);
            }

            if (index.Root > 0)
                _roots.Add(index.Root);
        }

        WriteForms(file, design, pages);
        WriteRoot(file, pages);
        await new DocumentEnd(file, _references, layout).WriteAsync(FileNumbers.Pages, structure: null, cancellationToken);
    }

    // Uncompressed: such a short text gets larger when deflated.
    private static void WritePageEnd(PdfFile file, int id, PageDesign design, int page, PdfBuffer content)
    {
        content.Clear();
        if (page == 0)
            content.Add("/"u8).Add(DirectDocument.HeadName).Add(" Do\n"u8);

        design.Frame.WritePageNumber(content, page + 1);
        file.Begin(id).Add("<</Length "u8).Add(content.Length).Add(">>stream\n"u8).Add(content.Written).Add("\nendstream"u8);
        file.End();
    }

    // Drawn on the pages with separate fonts, since the host that wrote the pages may have had different ones.
    private void WriteForms(PdfFile file, PageDesign design, int pages)
    {
        var (resources, list) = (file.Reserve(), file.Reserve());
        design.Frame.WriteTotal(file, FileNumbers.Total, resources, pages);
        var head = file.BeginStream(FileNumbers.Head, design.Frame.Form(resources, 0, design.Measures.PaperHeight));
        design.Head.Write(head, tags: null, page: null);
        if (layout.RowsExpected == 0)
            design.Frame.WriteEmpty(
                head, design.Measures.TableTop(isUnderTitles: true) - design.Measures.HeaderHeight, tags: null, page: null);

        file.End();
        var logo = design.Logo is null ? (int?)null : LogoEmbedding.Write(file, design.Logo);
        var text = file.Begin(resources).Add("<</Font "u8).Reference(list);
        if (logo is { } id)
            text.Add("/XObject<</"u8).Add(PageHead.LogoName).Add(" "u8).Reference(id).Add(">>"u8);

        text.Add(">>"u8);
        file.End();
        FontEmbedding.Write(file, design.Fonts, list);
    }

    private void WriteRoot(PdfFile file, int pages)
    {
        var text = file.Begin(FileNumbers.Pages).Add("<</Type/Pages/Count "u8).Add(pages).Add("/Kids["u8);
        foreach (var id in _roots)
            text.Reference(id).Add(" "u8);

        text.Add("]>>"u8);
        file.End();
    }
}
