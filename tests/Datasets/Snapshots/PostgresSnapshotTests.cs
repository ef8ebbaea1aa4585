using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Snapshots;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Datasets.Partitioning;
using ExportFunctions.Tests.Datasets.Sources;
using ExportFunctions.Tests.Integration;
using Npgsql;

namespace ExportFunctions.Tests.Datasets.Snapshots;

[Integration]
public sealed class PostgresSnapshotTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly Dataset Numbers = PartitioningContract.Of("numbers", query: null, ("k", ColumnType.Integer));

    private string _connectionString = "";

    public async ValueTask InitializeAsync()
    {
        _connectionString = await server.CreateDatabaseAsync();
        await ExecuteAsync(
            "CREATE TABLE numbers (k bigint PRIMARY KEY, n bigint)", "INSERT INTO numbers SELECT i, i FROM generate_series(1, 100) AS i");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Readers_SeeTheMomentThatIsHeld_WhateverChangesSince()
    {
        await using var held = await Keeper().TryHoldAsync(PartitioningContract.All(Numbers), CancellationToken.None);

        await ExecuteAsync(
            "DELETE FROM numbers WHERE k < 50",
            "UPDATE numbers SET k = k + 1000 WHERE k > 90",
            "INSERT INTO numbers SELECT i, i FROM generate_series(5000, 5100) AS i");
        var first = await ReadAsync(held!.Id);
        var second = await ReadAsync(held.Id);
        await held.CheckAsync(CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), first);
        Assert.Equal(first, second);
        Assert.Equal(152, (await ReadAsync(snapshot: null)).Count);
    }

    [Theory]
    [InlineData("00000003-0000001B-1")]
    [InlineData("'; DROP TABLE numbers; --")]
    public async Task Readers_AreToldThatASnapshotIsGone(string id)
    {
        var failure = await Assert.ThrowsAsync<ExportFailureException>(() => ReadAsync(id));

        Assert.Equal(("snapshot_lost", FailureKind.Transient), (failure.Failure.Code, failure.Failure.Kind));
        Assert.Equal(100, (await ReadAsync(snapshot: null)).Count);
    }

    [Fact]
    public async Task Snapshot_IsGone_OnceItIsLetGo()
    {
        var held = await Keeper().TryHoldAsync(PartitioningContract.All(Numbers), CancellationToken.None);
        await held!.DisposeAsync();

        var failure = await Assert.ThrowsAsync<ExportFailureException>(() => ReadAsync(held.Id));

        Assert.Equal("snapshot_lost", failure.Failure.Code);
    }

    [Fact]
    public async Task Check_SaysSo_WhenTheConnectionWasEnded()
    {
        await using var held = await Keeper().TryHoldAsync(PartitioningContract.All(Numbers), CancellationToken.None);
        await ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in"
                + " transaction%'");

        var first = await Assert.ThrowsAsync<ExportFailureException>(() => held!.CheckAsync(CancellationToken.None));
        var second = await Assert.ThrowsAsync<ExportFailureException>(() => held!.CheckAsync(CancellationToken.None));

        Assert.Equal(("snapshot_lost", "snapshot_lost"), (first.Failure.Code, second.Failure.Code));
    }

    [Fact]
    public async Task Hold_FailsAsASourceDoes_WhenTheDatabaseIsAway()
    {
        _connectionString = "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2";

        var failure = await Assert.ThrowsAsync<ExportFailureException>(
            () => Keeper().TryHoldAsync(PartitioningContract.All(Numbers), CancellationToken.None));

        Assert.Equal("source_unavailable", failure.Failure.Code);
    }

    private SnapshotKeeper Keeper() => new(Catalog(), new PostgresSnapshotKeeper(Catalog()), Watches.Silent());

    private DatasetCatalog Catalog() => new([Numbers], [new DataSource("school", SourceProvider.Postgres, _connectionString)]);

    private Task<List<long>> ReadAsync(string? snapshot) =>
        PartitioningContract.NumbersAsync(new PostgresRowSource(Catalog()), PartitioningContract.All(Numbers) with { Snapshot = snapshot });

    private async Task ExecuteAsync(params string[] statements)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
