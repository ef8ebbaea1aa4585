using ExportFunctions.Formats;
using ExportFunctions.Formats.Csv;
using ExportFunctions.Formats.Xlsx;
using ExportFunctions.Tests.OpenApi;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Formats;

public sealed class FormatCatalogTests
{
    [Fact]
    public void AddFormats_RegistersAllButPdf()
    {
        using var services = new ServiceCollection().AddFormats(new ConfigurationBuilder().Build()).BuildServiceProvider();

        var catalog = services.GetRequiredService<FormatCatalog>();

        Assert.Equal(["csv", "excel", "jsonl"], catalog.Names);
        Assert.IsType<CsvFormat>(catalog.Find("csv"));
        Assert.IsType<ExcelFormat>(catalog.Find("excel"));
        Assert.Null(catalog.Find("docx"));
    }

    [Theory]
    [InlineData("excel", "excel")]
    [InlineData("EXCEL", "excel")]
    [InlineData("xlsx", "excel")]
    [InlineData("XLSX", "excel")]
    [InlineData("Csv", "csv")]
    [InlineData("PDF", "pdf")]
    [InlineData("JSONL", "jsonl")]
    public void Find_TakesUpperCaseAndEndings_AsNames(string given, string name)
    {
        var format = AppFormats.Catalog.Find(given);

        Assert.Equal(name, format?.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".xlsx")]
    [InlineData("xls")]
    [InlineData("excel ")]
    public void Find_GivesNull_ForOtherNames(string given) => Assert.Null(AppFormats.Catalog.Find(given));
}
