using ExportFunctions.Formats.Pdf.Direct;
using ExportFunctions.Formats.Pdf.Images;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Formats.Pdf;

/// <summary>Adds the PDF format.</summary>
public static class PdfServices
{
    /// <summary>Adds the format <c>pdf</c>, its engines and its options.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">Settings; the section <c>Exports:Pdf</c> is read.</param>
    public static IServiceCollection AddPdf(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<PdfOptions>(configuration, PdfOptions.Section);
        services.AddSingleton<IValidateOptions<PdfOptions>, PdfOptionsValidator>();
        services.AddSingleton<IPdfEngine, DirectEngine>();
#if QUESTPDF
        services.AddSingleton<IPdfEngine, QuestPdf.QuestPdfEngine>();
#endif
        services.AddSingleton<IFileFormat, PdfFormat>();
        services.AddHostedService<LogosAtStart>();
        return services;
    }
}
