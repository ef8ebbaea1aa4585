using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf;

/// <summary>The engines this build has.</summary>
internal static class PdfEngines
{
    public const string Direct = "direct";

    public const string QuestPdf = "questpdf";

#if FOR_AZURE
    public static readonly string[] All = [Direct, QuestPdf];
#else
    public static readonly string[] All = [Direct];
#endif

    /// <summary>Refuses the options that only <see cref="Direct"/> knows.</summary>
    public static void RefuseDirectOptions(FormatOptions options, FieldErrors errors)
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
