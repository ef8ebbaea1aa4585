using System.Text;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Seeding;

namespace ExportFunctions.Tests.Integration;

/// <summary>The same export from PostgreSQL and from SQLite: the files are equal, byte for byte.</summary>
[Integration]
public sealed class PostgresExportTests(AzuriteFixture azurite, SchoolFixture school, PostgresServer postgres)
{
    [Theory]
    [InlineData("students")]
    [InlineData("courses")]
    [InlineData("grades")]
    public async Task Csv_IsTheSame_FromEitherDatabase(string dataset)
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using (var target = new PostgresSeedTarget(connectionString, ExistingData.Refuse))
            await SchoolSeeder.SeedAsync(target, SchoolFixture.Students, progress: null, CancellationToken.None);
        var settings =
            TestApp.Settings(azurite.NewAccount(), Path.Combine(Repository.Find().Root, "samples", "school-postgres.datasets.json"));
        settings["SCHOOL_POSTGRES"] = connectionString;
        await using var fromPostgres = await TestApp.StartAsync(settings);
        await using var fromSqlite = await TestApp.StartAsync(TestApp.Settings(azurite.NewAccount(), school.DatasetsFile));
        var body = $$"""{"dataset":"{{dataset}}","format":"csv","limit":20000}""";

        var one = await fromPostgres.Client.DownloadAsync(await fromPostgres.Client.SubmitAsync(body));
        var other = await fromSqlite.Client.DownloadAsync(await fromSqlite.Client.SubmitAsync(body));

        Assert.Equal(Encoding.UTF8.GetString(other).Split('\n'), Encoding.UTF8.GetString(one).Split('\n'));
    }
}
