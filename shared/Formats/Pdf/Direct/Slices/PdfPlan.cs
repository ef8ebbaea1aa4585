using System.Text.Json;
using ExportFunctions.Formats.Pdf.Direct.Pages;
using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Formats.Pdf.Direct.Slices;

/// <summary>The decisions that all slices of a document share.</summary>
/// <param name="Rows">The rows the document has, about.</param>
/// <param name="Needs">The room the columns ask for, by the first rows.</param>
/// <param name="Titles">The room of what stands above the table and at the foot: hosts may have other fonts, or another logo.</param>
internal sealed record PdfPlan(long Rows, IReadOnlyList<ColumnNeed> Needs, TitleRoom? Titles)
{
    /// <summary>Its bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Reads it.</summary>
    public static PdfPlan Read(ReadOnlyMemory<byte> bytes) =>
        JsonSerializer.Deserialize<PdfPlan>(bytes.Span) ?? throw new InvalidDataException("The plan of the document is empty.");
}
