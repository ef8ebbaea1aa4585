using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Definitions;
using ExportFunctions.Startup;

namespace ExportFunctions.Formats.Pdf.Images;

/// <summary>A dataset's logo that can't be shown prevents startup instead of failing the first export.</summary>
/// <param name="catalog">The datasets.</param>
internal sealed class LogosAtStart(DatasetCatalog catalog) : StartupStep
{
    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        var faults = catalog.Datasets.Where(dataset => dataset.Logo is not null).Select(FaultOf).OfType<string>().ToList();
        return faults.Count == 0 ? Task.CompletedTask : throw new DatasetsFileException(catalog.File, faults);
    }

    private static string? FaultOf(Dataset dataset) =>
        LogoCheck.FaultOf(dataset.Logo!) is { } fault
            ? $"dataset '{dataset.Name}': logo '{dataset.Logo}' cannot be shown: {fault}. Give a PNG file."
            : null;
}
