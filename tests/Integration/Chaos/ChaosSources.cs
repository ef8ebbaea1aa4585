using System.Globalization;
using System.Text.Json.Nodes;
using ExportFunctions.Local.Seeding;

namespace ExportFunctions.Tests.Integration.Chaos;

/// <summary>Datasets over SQLite, and over a PostgreSQL that can be restarted.</summary>
internal sealed class ChaosSources : IAsyncDisposable
{
    /// <summary>The datasets: of each a row's first column is its number, from 1.</summary>
    public static readonly IReadOnlyList<string> Datasets = ["slow", "near", "far", "farSlow"];

    /// <summary>One whose query fails.</summary>
    public const string Broken = "broken";

    /// <summary>The rows that each dataset has at least.</summary>
    public const int Rows = Students * 10;

    private const int Students = 2_000;
    private const string CoursesLikeIt =
        "(SELECT count(*) FROM {0}courses c WHERE c.title || c.department || c.teacher LIKE '%' || g.course_code || '%')";

    private readonly PostgresCluster _postgres;

    private ChaosSources(PostgresCluster postgres) => _postgres = postgres;

    /// <summary>Where the datasets are.</summary>
    public string DatasetsFile { get; } = Path.Combine(Path.GetTempPath(), $"exportfunctions-chaos-{Guid.CreateVersion7():N}.json");

    /// <summary>How the database is reached.</summary>
    public string Database { get; private set; } = "";

    /// <param name="school">What lies in SQLite.</param>
    public static async Task<ChaosSources> StartAsync(SchoolFixture school)
    {
        var sources = new ChaosSources(await PostgresCluster.StartAsync());
        try
        {
            sources.Database = await sources._postgres.CreateDatabaseAsync("school");
            await using (var target = new PostgresSeedTarget(sources.Database, ExistingData.Refuse))
                await SchoolSeeder.SeedAsync(target, Students, progress: null, CancellationToken.None);
            await File.WriteAllTextAsync(sources.DatasetsFile, DatasetsOver(school.Database).ToJsonString());
            return sources;
        }
        catch
        {
            await sources.DisposeAsync();
            throw;
        }
    }

    /// <summary>Restarts the database, which ends whatever it does.</summary>
    public Task RestartDatabaseAsync() => _postgres.RestartAsync();

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        File.Delete(DatasetsFile);
    }

    private static JsonObject DatasetsOver(string sqlite) => new()
    {
        ["sources"] = new JsonObject
        {
            ["near"] = new JsonObject { ["provider"] = "sqlite", ["connectionString"] = $"Data Source={sqlite}" },
            ["far"] = new JsonObject { ["provider"] = "postgres", ["connectionString"] = "%SCHOOL_POSTGRES%" },
        },
        ["datasets"] = new JsonArray(
            Dataset("slow", "near", "", CoursesLikeIt),
            Dataset("near", "near", "", "length(g.course_code)"),
            Dataset("far", "far", "school.", "length(g.course_code)"),
            Dataset("farSlow", "far", "school.", CoursesLikeIt),
            Dataset(Broken, "near", "", "gone")),
    };

    private static JsonObject Dataset(string name, string source, string schema, string mentions) => new()
    {
        ["name"] = name,
        ["title"] = name,
        ["source"] = source,
        ["key"] = new JsonArray("id"),
        ["query"] = $"SELECT g.id, {string.Format(CultureInfo.InvariantCulture, mentions, schema)} AS mentions FROM {schema}grades g",
        ["columns"] = new JsonArray(
            new JsonObject { ["name"] = "id", ["title"] = "ID", ["type"] = "integer" },
            new JsonObject { ["name"] = "mentions", ["title"] = "Mentions", ["type"] = "integer" }),
    };
}
