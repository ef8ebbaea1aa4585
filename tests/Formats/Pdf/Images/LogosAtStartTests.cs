using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Definitions;
using ExportFunctions.Formats.Pdf.Images;

namespace ExportFunctions.Tests.Formats.Pdf.Images;

public sealed class LogosAtStartTests
{
    [Fact]
    public async Task StartingAsync_NamesEachDatasetAndItsFault()
    {
        using var folder = new FontFolder();
        var catalog = new DatasetCatalog([WithLogo("good", folder.Add("a.png", PngFiles.Make(3, 3, colour: 2, depth: 8))), WithLogo(
            "bad", folder.Add("b.png", "GIF89a"u8.ToArray())), WithLogo("gone", "/nowhere/c.png")], []);

        var exception =
            await Assert.ThrowsAsync<DatasetsFileException>(() => new LogosAtStart(catalog).StartingAsync(CancellationToken.None));

        Assert.Equal(2, exception.Faults.Count);
        Assert.Contains("dataset 'bad': logo", exception.Faults[0], StringComparison.Ordinal);
        Assert.Contains("not a PNG file", exception.Faults[0], StringComparison.Ordinal);
        Assert.Contains(
            "dataset 'gone': logo '/nowhere/c.png' cannot be shown: there is no such file", exception.Faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartingAsync_Passes_WithoutLogos() =>
        await new LogosAtStart(new DatasetCatalog([WithLogo("none", null)], [])).StartingAsync(CancellationToken.None);

    private static Dataset WithLogo(string name, string? logo)
    {
        var column = SampleRows.Columns[1];
        return new Dataset { Name = name, Title = name, Source = "school", Table = ["t"], Key = [column], Columns = [column], Logo = logo };
    }
}
