using System.Diagnostics;
using ExportFunctions.Bench.Measuring;
using ExportFunctions.Bench.Reports;
using ExportFunctions.Bench.Stages;

namespace ExportFunctions.Bench.EndToEnd;

/// <summary>The database's own tool, writing the query to a local CSV file.</summary>
/// <param name="source"><c>postgres</c> or <c>sqlite</c>.</param>
/// <param name="stage">Where the database is.</param>
internal sealed class LocalCsv(string source, AppStage stage)
{
    private readonly string _path = stage.PathOf("local.csv");
    private bool _isMissing;

    public string Name => source == "sqlite" ? "sqlite3 -csv" : @"psql \copy";

    public async Task<string?> VersionAsync(CancellationToken cancellationToken) =>
        await DatabaseTools.VersionAsync(source == "sqlite" ? "sqlite3" : "psql", cancellationToken) is { } version ? (
            source == "sqlite" ? "sqlite3 " + version.Split(' ')[0] : version) : null;

    /// <summary>Null when the tool is not installed.</summary>
    public async Task<Sample?> RunAsync(long rows, CancellationToken cancellationToken)
    {
        if (_isMissing)
            return null;

        try
        {
            long? limit = rows < stage.Databases.Students ? rows : null;
            var begun = Stopwatch.GetTimestamp();
            if (source == "sqlite")
                await DatabaseTools.CopyFromSqliteAsync(
                    await stage.Databases.SqliteAsync(cancellationToken), StudentsSeed.Sql("students", limit), _path, cancellationToken);
            else
                await DatabaseTools.CopyFromPostgresAsync(
                    stage.Databases, StudentsSeed.Sql("school.students", limit), _path, cancellationToken);

            return new Sample(rows, Stopwatch.GetElapsedTime(begun).TotalSeconds, new FileInfo(_path).Length);
        }
        catch (SkippedException reason)
        {
            _isMissing = true;
            Progress.Warn($"{Name} is left out: {reason.Message}");
            return null;
        }
    }
}
