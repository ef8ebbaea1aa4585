using ExportFunctions.Bench.CommandLine;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;

namespace ExportFunctions.Bench.Sources;

/// <summary>Our sources and the drivers' own loops over the same nine columns of the same rows in the same order.</summary>
internal static class SourcesBench
{
    public static async Task RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        using var files = new BenchFolder();
        var rows = settings.Rows ?? 1_000_000;
        await using var databases = new SchoolDatabases(rows, files);
        var report = new Report("sources", "Sources: a table's rows into typed values");
        report.AddVersion(await DatabaseTools.VersionAsync("psql", cancellationToken));
        if (await DatabaseTools.VersionAsync("sqlite3", cancellationToken) is { } sqlite)
            report.AddVersion($"sqlite3 {sqlite.Split(' ')[0]}");

        await report.MeasureAsync([Sqlite(databases, rows), Postgres(databases, rows)], settings, cancellationToken);
        report.Note(
            "Nine columns of the sample school's students, by primary key, from a warm cache. Ours counts the rows first, as every"
                + " export does; the peers don't.",
            "The command-line tools format CSV as well, and write to /dev/null.");
        await report.FileAsync(settings, cancellationToken);
    }

    private static Group Sqlite(SchoolDatabases databases, long rows)
    {
        var sql = StudentsSeed.Sql("students");
        return new Group("SQLite",
        [
            Reader("ours sqlite", async stop =>
            {
                await databases.SqliteAsync(stop);
                await OurSources.ReadAsync(databases.SqliteDatasets, postgres: null, stop);
            }),
            Reader("ours sqlite, reading ahead", stop => OurSources.ReadAheadAsync(databases.SqliteDatasets, postgres: null, stop)),
            Reader("Microsoft.Data.Sqlite, typed getters", async stop => SqlitePeers.Read(await databases.SqliteAsync(stop), sql)),
            Reader(
                "sqlite3 -csv",
                async stop => await DatabaseTools.CopyFromSqliteAsync(await databases.SqliteAsync(stop), sql, "/dev/null", stop)),
        ]);

        TimedContender Reader(string name, Func<CancellationToken, Task> read) => Contender(name, rows, read);
    }

    private static Group Postgres(SchoolDatabases databases, long rows)
    {
        var sql = StudentsSeed.Sql("school.students");
        return new Group("PostgreSQL",
        [
            Reader("ours postgres", async (school, stop) => await OurSources.ReadAsync(SchoolDatabases.PostgresDatasets, school, stop)),
            Reader(
                "ours postgres, reading ahead",
                async (school, stop) => await OurSources.ReadAheadAsync(SchoolDatabases.PostgresDatasets, school, stop)),
            Reader("Npgsql, typed getters", (school, stop) => PostgresPeers.ReadAsync(school, sql, stop)),
            Reader("Npgsql, binary COPY", (school, stop) => PostgresPeers.CopyAsync(school, sql, stop)),
            Reader("psql \\copy", (_, stop) => DatabaseTools.CopyFromPostgresAsync(databases, sql, "/dev/null", stop)),
        ]);

        TimedContender Reader(string name, Func<string, CancellationToken, Task> read) =>
            Contender(name, rows, async stop => await read(await databases.PostgresAsync(stop), stop));
    }

    // The databases are made by the first run, which warms up and does not count.
    private static TimedContender Contender(string name, long rows, Func<CancellationToken, Task> read) =>
        new(name, rows, async cancellationToken =>
    {
        await read(cancellationToken);
        return null;
    });
}
