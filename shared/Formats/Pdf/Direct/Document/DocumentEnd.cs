using System.Globalization;
using System.Text;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Formats.Pdf.Direct.Document;

/// <summary>
/// Writes the document-level objects: catalog, information, metadata and output intent, as PDF/A-2b requires (ISO 19005-2).
/// </summary>
/// <param name="file">The file.</param>
/// <param name="references">Where all objects lie.</param>
/// <param name="layout">What the file looks like.</param>
internal sealed class DocumentEnd(PdfFile file, CrossReferences references, FileLayout layout)
{
    private const string Program = "ExportFunctions";

    /// <summary>Writes the objects and the end of the file.</summary>
    /// <param name="pages">The root of the page tree.</param>
    /// <param name="structure">The root of the structure tree; null when the file is not tagged.</param>
    public async ValueTask WriteAsync(int pages, int? structure, CancellationToken cancellationToken)
    {
        var (information, metadata, intent) = (file.Reserve(), file.Reserve(), file.Reserve());
        WriteMetadata(metadata, structure is not null);
        WriteInformation(information);
        file.BeginStream(intent, "/N 3").Add(SrgbProfile.Bytes);
        file.End();
        WriteCatalog(references.Catalog, pages, metadata, intent, structure);
        await file.CompleteAsync(references, information, $"{layout.Title}\n{layout.CreatedAt.UtcTicks}", cancellationToken);
    }

    // Not compressed, so that programs without PDF support can read it.
    private void WriteMetadata(int id, bool isTagged)
    {
        var packet = Encoding.UTF8.GetBytes(XmpMetadata.Of(layout, Program, isTagged));
        file.Begin(id).Add(
            "<</Type/Metadata/Subtype/XML/Length "u8).Add(packet.Length).Add(">>stream\n"u8).Add(packet).Add("\nendstream"u8);
        file.End();
    }

    private void WriteInformation(int id)
    {
        var created = layout.CreatedAt.ToUniversalTime().ToString("'(D:'yyyyMMddHHmmss'Z)'", CultureInfo.InvariantCulture);
        var text = file.Begin(id).Add("<</Title "u8).Text(XmpMetadata.Clean(layout.Title));
        if (layout.FilterInWords is { Length: > 0 } filter)
            text.Add("/Subject "u8).Text(XmpMetadata.Clean(filter));

        text.Add($"/Creator({Program})/Producer({Program})/CreationDate{created}/ModDate{created}>>");
        file.End();
    }

    private void WriteCatalog(int id, int pages, int metadata, int intent, int? structure)
    {
        var text = file.Begin(id).Add("<</Type/Catalog/Pages "u8).Reference(pages).Add("/Metadata "u8).Reference(metadata);
        text.Add("/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile "u8).Reference(intent);
        text.Add(">>]/ViewerPreferences<</DisplayDocTitle true>>/Lang("u8).Add(PageWords.Of(layout.Options).Language).Add(")"u8);
        if (structure is { } root)
            text.Add("/MarkInfo<</Marked true>>/StructTreeRoot "u8).Reference(root);

        text.Add(">>"u8);
        file.End();
    }
}
