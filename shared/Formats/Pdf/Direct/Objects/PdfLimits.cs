using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf.Direct.Objects;

/// <summary>The limits of a file.</summary>
internal static class PdfLimits
{
    // ISO 19005-2, 6.1.13.
    private const int MaxObjects = 8_388_607;

    /// <summary>Rejects an object number beyond the limit.</summary>
    /// <exception cref="ExportFailureException">The file has too many objects.</exception>
    public static void Check(int id)
    {
        if (id > MaxObjects)
            throw ExportFailureException.Permanent(
                "pdf_too_large",
                "A PDF holds at most 8 million objects, which is about 4 million pages. Filter further or take another format.");
    }
}
