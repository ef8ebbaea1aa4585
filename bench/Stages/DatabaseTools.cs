using System.Diagnostics;
using System.Globalization;
using ExportFunctions.Bench.Measuring;
using Npgsql;

namespace ExportFunctions.Bench.Stages;

/// <summary>The databases' own command-line tools, writing CSV.</summary>
internal static class DatabaseTools
{
    /// <summary><c>psql \copy</c>: the server formats, psql writes the file.</summary>
    public static async Task CopyFromPostgresAsync(SchoolDatabases databases, string sql, string path, CancellationToken cancellationToken)
    {
        var server = new NpgsqlConnectionStringBuilder(await databases.PostgresAsync(cancellationToken));
        await RunAsync(
            databases.Psql,
            [
                "-X", "-q",
                "-h", server.Host!,
                "-p", server.Port.ToString(CultureInfo.InvariantCulture),
                "-U", server.Username!,
                "-d", server.Database!,
                "-c", $"\\copy ({sql}) TO '{path}' (FORMAT csv, HEADER)",
            ],
            "postgresql-client",
            cancellationToken);
    }

    /// <summary>The <c>sqlite3</c> shell in CSV mode.</summary>
    public static Task CopyFromSqliteAsync(string database, string sql, string path, CancellationToken cancellationToken) =>
        RunAsync(
            "sqlite3", ["-batch", "-readonly", database, ".headers on", ".mode csv", $".output {path}", sql], "sqlite3", cancellationToken);

    /// <summary>The tool's own statement of its version; null when it is not installed.</summary>
    public static async Task<string?> VersionAsync(string tool, CancellationToken cancellationToken) =>
        await ProgramRun.OutputAsync(tool, ["--version"], cancellationToken) is { } version ? string.Join(
            ' ', version.Split(' ')[..Math.Min(3, version.Split(' ').Length)]) : null;

    private static async Task RunAsync(string program, string[] arguments, string package, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new SkippedException($"{program} ended with {process.ExitCode}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new SkippedException($"{program} is not installed: apt-get install {package}");
        }
    }
}
