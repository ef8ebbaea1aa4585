namespace ExportFunctions.Formats.Pdf;

/// <summary>The names of the engines this build has.</summary>
internal static class PdfEngines
{
    public const string Skia = "skia";

    public const string QuestPdf = "questpdf";

#if FOR_AZURE
    public static readonly string[] All = [Skia, QuestPdf];
#else
    public static readonly string[] All = [Skia];
#endif
}
