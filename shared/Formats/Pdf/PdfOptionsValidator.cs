using ExportFunctions.Formats.Pdf.Fonts;
using ExportFunctions.Formats.Pdf.Images;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Formats.Pdf;

/// <summary>Prevents startup, with the reason, when a setting under <c>Exports:Pdf</c> is invalid.</summary>
internal sealed class PdfOptionsValidator : IValidateOptions<PdfOptions>
{
    private static readonly string[] Licenses = ["Community", "Professional", "Enterprise"];

    public ValidateOptionsResult Validate(string? name, PdfOptions options)
    {
        var errors = new List<string>();
        CheckEngine(options, errors);
        for (var i = 0; i < options.FallbackFonts.Count; i++)
            CheckFont($"{PdfOptions.Section}:FallbackFonts:{i}", options.FallbackFonts[i], errors);

        for (var i = 0; i < options.FontFolders.Count; i++)
        {
            if (!Directory.Exists(options.FontFolders[i]))
                errors.Add(
                    $"{PdfOptions.Section}:FontFolders:{i} is '{options.FontFolders[i]}', which is not a folder; give the full path of"
                        + " one that the app's account may read.");
        }

        if (options.Logo is { } logo && LogoCheck.FaultOf(logo) is { } fault)
            errors.Add($"{PdfOptions.Section}:Logo is '{logo}', which cannot be shown: {fault}. Give the full path of a PNG file.");

        if (options.QuestPdfMaxRows is < 1 or > 1_000_000)
            errors.Add($"{PdfOptions.Section}:QuestPdfMaxRows is {options.QuestPdfMaxRows}; give a number from 1 to 1000000.");

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void CheckEngine(PdfOptions options, List<string> errors)
    {
        if (!PdfEngines.All.Contains(options.Engine, StringComparer.OrdinalIgnoreCase))
        {
            errors.Add($"{PdfOptions.Section}:Engine is '{options.Engine}'; this build has {string.Join(" and ", PdfEngines.All)} (questpdf comes with a build made with -p:QuestPdf=true).");
            return;
        }

        if (!string.Equals(options.Engine, PdfEngines.QuestPdf, StringComparison.OrdinalIgnoreCase))
            return;

        if (PdfEngines.QuestPdfFault is { } fault)
            errors.Add(
                $"{PdfOptions.Section}:Engine is '{options.Engine}', which can't draw here: {fault}; or set it to {PdfEngines.Direct}.");

        if (!Licenses.Contains(options.QuestPdfLicense, StringComparer.OrdinalIgnoreCase))
            errors.Add($"{PdfOptions.Section}:QuestPdfLicense is '{options.QuestPdfLicense}'; set the licence you are entitled to: {string.Join(", ", Licenses)} (https://www.questpdf.com/license).");
    }

    private static void CheckFont(string setting, string path, List<string> errors)
    {
        if (!File.Exists(path))
        {
            errors.Add($"{setting} is '{path}', which is not a file; give the full path of a .ttf or .otf file.");
            return;
        }

        try
        {
            using var source = FontSource.OpenFile(path);
            FontFile.Load(source);
        }
        catch (InvalidDataException exception)
        {
            errors.Add($"{setting} is '{path}', which cannot be embedded: {exception.Message}. Give a .ttf or .otf file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add($"{setting} is '{path}', which cannot be read; let the app's account read it.");
        }
    }
}
