using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Definitions;
using ExportFunctions.Local.Seeding;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Tests.Local.Seeding;

public sealed class SchoolDatasetsTests
{
    private static readonly IConfiguration Settings = new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create("SCHOOL_POSTGRES", (string?)"Host=127.0.0.1;Database=school")])
        .Build();

    [Theory]
    [InlineData("school.datasets.json", SourceProvider.Sqlite, "")]
    [InlineData("school-postgres.datasets.json", SourceProvider.Postgres, "school.")]
    public void DatasetsFile_DeclaresTheTablesThatAreSeeded_ColumnByColumn(string file, SourceProvider provider, string schema)
    {
        var catalog = DatasetsFileReader.Read(Path.Combine(FindRepository(), "samples", file), Settings);

        Assert.Equal(provider, Assert.Single(catalog.Sources).Provider);
        Assert.Equal(["students", "courses", "grades"], catalog.Datasets.Select(dataset => dataset.Name));
        Assert.All(catalog.Datasets, dataset =>
        {
            var table = SchoolRows.Table(dataset.Name);
            Assert.Equal(schema + table.Name, string.Join('.', dataset.Table!));
            Assert.Equal([table.Columns[0].Name], dataset.Key.Select(column => column.SqlName));
            Assert.Equal(
                table.Columns.Select(column => (column.Name, column.Type, column.Scale)),
                dataset.Columns.Select(column => (column.SqlName, column.Type, column.Scale ?? 0)));
        });
    }

    [Fact]
    public void DatasetsFile_ReadsTheFileThatSeedMakesByDefault()
    {
        var repository = FindRepository();

        var source = DatasetsFileReader.Read(Path.Combine(repository, "samples", "school.datasets.json"), Settings).Sources[0];

        Assert.Contains(SchoolDatabase.DefaultPath(repository), source.ConnectionString, StringComparison.Ordinal);
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ExportFunctions.sln")))
            folder = folder.Parent;

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run from within the repository.");
    }
}
