using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf;

/// <summary>The engines of this build.</summary>
internal static class PdfEngines
{
    public const string Direct = "direct";

    public const string QuestPdf = "questpdf";

#if QUESTPDF
    public static readonly string[] All = [Direct, QuestPdf];

    /// <summary>What QuestPDF lacks on this machine; null when it can draw.</summary>
    public static string? QuestPdfFault => NativeLibraryCheck.FaultOf("QuestPdfSkia", typeof(QuestPDF.Settings).Assembly);
#else
    public static readonly string[] All = [Direct];

    /// <summary>What QuestPDF lacks on this machine; this build doesn't have it.</summary>
    public static string? QuestPdfFault => "this build doesn't have it";
#endif

    /// <summary>Rejects the options that only <see cref="Direct"/> supports.</summary>
    public static void RefuseDirectOptions(WriterOptions options, FieldErrors errors)
    {
        const string Message = $"Needs the engine \"{Direct}\" ({PdfOptions.Section}:Engine); leave it out, or ask the operator.";
        if (options.Overflow != CellOverflow.Ellipsis)
            errors.Add("options.overflow", Message);

        if (options.Tagged)
            errors.Add("options.tagged", Message);

        if (options.RightToLeft)
            errors.Add("options.rightToLeft", Message);

        if (options.Subtitle is not null)
            errors.Add("options.subtitle", Message);

        if (options.Footer is not null)
            errors.Add("options.footer", Message);
    }
}
