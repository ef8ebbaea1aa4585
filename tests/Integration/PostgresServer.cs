using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ExportFunctions.Tests.Integration;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace ExportFunctions.Tests.Integration;

/// <summary>
/// A throw-away PostgreSQL cluster of the machine's own installation, on a free loopback port, started when a test first asks
/// for it and gone after the run. Tests skip where PostgreSQL is not installed, except in CI, where they fail.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"exports-postgres-{Guid.CreateVersion7():N}");
    private string? _connectionString;
    private string? _bin;

    /// <summary>True where PostgreSQL's programs are found.</summary>
    public static bool IsInstalled => FindBin() is not null;

    /// <summary>A database of the test's own on the server, which is started if need be; the connection string of its owner.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        if (!IsInstalled)
        {
            const string Missing = "PostgreSQL is not installed: apt-get install postgresql";
            Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, Missing);
            Assert.Skip(Missing);
        }

        var server = await StartAsync();
        var name = $"test_{Guid.CreateVersion7():N}";
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_connectionString is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync("pg_ctl", ["stop", "-D", Cluster, "-m", "immediate", "-w"]);
        }

        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);

        _gate.Dispose();
    }

    private string Cluster => Path.Combine(_folder, "cluster");

    private async Task<string> StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_connectionString is not null)
                return _connectionString;

            _bin = FindBin()!;
            Directory.CreateDirectory(_folder);
            if (IsRoot)
                await RunProgramAsync("chown", ["postgres", _folder]);

            await RunAsync("initdb", ["-D", Cluster, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
            var port = FreePort();
            var settings = string.Create(CultureInfo.InvariantCulture, $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c full_page_writes=off");
            await RunAsync("pg_ctl", ["start", "-D", Cluster, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o", settings]);
            return _connectionString = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = "tester", Database = "postgres" }.ConnectionString;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static bool IsRoot => string.Equals(Environment.UserName, "root", StringComparison.Ordinal);

    private static string? FindBin()
    {
        IEnumerable<string> installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

        return installed.Concat(onPath).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // PostgreSQL refuses to run as root.
    private Task RunAsync(string program, string[] arguments)
    {
        var path = Path.Combine(_bin!, program);
        return IsRoot
            ? RunProgramAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : RunProgramAsync(path, arguments);
    }

    private static async Task RunProgramAsync(string program, string[] arguments)
    {
        // The server inherits the streams of pg_ctl, so reading them to their end would wait for the server's.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" >/dev/null 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
