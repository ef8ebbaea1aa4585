using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Seeding;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Bench.Stages;

/// <summary>The students in databases of the benchmark's own, made on demand, gone with it.</summary>
/// <param name="students">How many.</param>
/// <param name="files">Where files go.</param>
internal sealed class SchoolDatabases(int students, BenchFolder files) : IAsyncDisposable
{
    private PostgresCluster? _cluster;
    private string? _postgres;
    private string? _sqlite;

    public int Students => students;

    /// <summary>The datasets files of the samples, leading to these databases once the settings have <c>SCHOOL_POSTGRES</c>.</summary>
    public static string PostgresDatasets => Path.Combine(Repository.Find().Root, "samples", "school-postgres.datasets.json");

    public string SqliteDatasets => files.PathOf("school.datasets.json");

    /// <summary>The cluster's own psql: Debian's on the path is a script that looks for one first, which takes time.</summary>
    public string Psql =>
        _cluster is not null && File.Exists(Path.Combine(_cluster.Programs, "psql")) ? Path.Combine(_cluster.Programs, "psql") : "psql";

    /// <summary>The database file.</summary>
    public async Task<string> SqliteAsync(CancellationToken cancellationToken)
    {
        if (_sqlite is not null)
            return _sqlite;

        var path = files.PathOf("school.db");
        Progress.Say($"Filling SQLite with {students} students");
        await using (var target = new SqliteSeedTarget(path, ExistingData.Replace))
            await StudentsSeed.FillAsync(target, students, cancellationToken);

        var sample = await File.ReadAllTextAsync(Repository.Find().SampleDatasets, cancellationToken);
        await File.WriteAllTextAsync(
            SqliteDatasets, sample.Replace("../.local/school.db", "school.db", StringComparison.Ordinal), cancellationToken);
        return _sqlite = path;
    }

    /// <summary>The connection string.</summary>
    /// <exception cref="SkippedException">PostgreSQL is not installed.</exception>
    public async Task<string> PostgresAsync(CancellationToken cancellationToken)
    {
        if (_postgres is not null)
            return _postgres;

        if (!PostgresCluster.IsInstalled)
            throw new SkippedException("PostgreSQL is not installed: apt-get install postgresql");

        _cluster = await PostgresCluster.StartAsync();
        Progress.Say($"Filling PostgreSQL with {students} students");
        var connectionString = await _cluster.CreateDatabaseAsync("school");
        await using (var target = new PostgresSeedTarget(connectionString, ExistingData.Refuse))
            await StudentsSeed.FillAsync(target, students, cancellationToken);

        return _postgres = connectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
