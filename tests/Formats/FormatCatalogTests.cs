using ExportFunctions.Formats;
using ExportFunctions.Formats.Csv;
using ExportFunctions.Formats.Xlsx;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Formats;

public sealed class FormatCatalogTests
{
    [Fact]
    public void AddFormats_RegistersCsvAndExcel()
    {
        using var services = new ServiceCollection().AddFormats(new ConfigurationBuilder().Build()).BuildServiceProvider();

        var catalog = services.GetRequiredService<FormatCatalog>();

        Assert.Equal(["csv", "excel"], catalog.Names);
        Assert.IsType<CsvFormat>(catalog.Find("csv"));
        Assert.IsType<ExcelFormat>(catalog.Find("excel"));
        Assert.Null(catalog.Find("Excel"));
    }
}
