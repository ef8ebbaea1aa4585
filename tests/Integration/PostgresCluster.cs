using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ExportFunctions.Tests.Integration;

/// <summary>A throw-away PostgreSQL cluster of the machine's own installation, on a free loopback port; disposing removes it.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"exports-postgres-{Guid.CreateVersion7():N}");
    private bool _isRunning;
    private readonly string _bin;
    private string _settings = "";

    private PostgresCluster(string bin) => _bin = bin;

    /// <summary>True where PostgreSQL's programs are found.</summary>
    public static bool IsInstalled => FindBin() is not null;

    /// <summary>How its owner reaches the database <c>postgres</c>.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The folder of PostgreSQL's programs, psql among them.</summary>
    public string Programs => _bin;

    private string Files => Path.Combine(_folder, "cluster");

    /// <summary>Makes and starts a cluster.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or a program of it failed.</exception>
    public static async Task<PostgresCluster> StartAsync()
    {
        var cluster = new PostgresCluster(
            FindBin() ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql"));
        try
        {
            await cluster.InitializeAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an empty database and gives the connection string of its owner.</summary>
    /// <param name="name">Lower-case letters, digits and underscores.</param>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Stops it at once, as a crash does, and starts it on the same port: who was connected no longer is.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await LaunchAsync();
    }

    /// <summary>Stops it at once, as a crash does.</summary>
    public async Task StopAsync()
    {
        if (!_isRunning)
            return;

        _isRunning = false;
        await RunAsync("pg_ctl", ["stop", "-D", Files, "-m", "immediate", "-w"]);
    }

    /// <summary>Starts it again, on the same port.</summary>
    public Task StartAgainAsync() => LaunchAsync();

    public async ValueTask DisposeAsync()
    {
        if (ConnectionString.Length > 0)
        {
            NpgsqlConnection.ClearAllPools();
            await StopAsync();
        }

        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        if (IsRoot)
            await RunProgramAsync("chown", ["postgres", _folder]);

        await RunAsync("initdb", ["-D", Files, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        var port = FreePort();
        // Every test has a database of its own, and a pool keeps some connections to it for minutes.
        _settings = string.Create(CultureInfo.InvariantCulture, $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=500 -c fsync=off -c full_page_writes=off");
        await LaunchAsync();
        var server = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = "tester", Database = "postgres" };
        ConnectionString = server.ConnectionString;
    }

    private async Task LaunchAsync()
    {
        await RunAsync("pg_ctl", ["start", "-D", Files, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o", _settings]);
        _isRunning = true;
    }

    private static bool IsRoot => string.Equals(Environment.UserName, "root", StringComparison.Ordinal);

    private static string? FindBin()
    {
        IEnumerable<string> installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories(
                "/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

        return installed.Concat(onPath).FirstOrDefault(
            folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
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
        var path = Path.Combine(_bin, program);
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
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
