using ExportFunctions.Datasets;
using ExportFunctions.Local.Seeding;
using ExportFunctions.Tests.Integration;
using Npgsql;

namespace ExportFunctions.Tests.Local.Seeding;

[Integration]
public sealed class PostgresSeedTargetTests(PostgresServer server)
{
    [Fact]
    public async Task SeedAsync_StoresEveryCellExactly()
    {
        var database = await server.CreateDatabaseAsync();

        await SeedAsync(database, students: 3_000, ExistingData.Refuse);

        Assert.Equal(SchoolRows.Of("students", 0, 3_000), await ReadAsync(database, "students"));
        Assert.Equal(SchoolRows.Of("courses", 0, 200), await ReadAsync(database, "courses"));
        Assert.Equal(SchoolRows.Of("grades", 0, 30_000), await ReadAsync(database, "grades"));
    }

    [Fact]
    public async Task SeedAsync_Refuses_WhenTheTablesExist()
    {
        var database = await server.CreateDatabaseAsync();
        await ExecuteAsync(
            database, "CREATE SCHEMA school; CREATE TABLE school.grades (mine text); INSERT INTO school.grades VALUES ('kept')");

        var exception = await Assert.ThrowsAsync<SeedFailedException>(() => SeedAsync(database, students: 10, ExistingData.Refuse));

        Assert.Contains("grades", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--replace", exception.Message, StringComparison.Ordinal);
        Assert.Equal("kept", await ExecuteAsync(database, "SELECT mine FROM school.grades"));
    }

    [Fact]
    public async Task SeedAsync_ReplacesTheSchoolsTablesAndNoOthers_WhenAsked()
    {
        var database = await server.CreateDatabaseAsync();
        await SeedAsync(database, students: 10, ExistingData.Refuse);
        await ExecuteAsync(database, "CREATE TABLE school.mine AS SELECT 'kept' AS value");

        await SeedAsync(database, students: 20, ExistingData.Replace);

        Assert.Equal(200L, await ExecuteAsync(database, "SELECT count(*) FROM school.grades"));
        Assert.Equal("kept", await ExecuteAsync(database, "SELECT value FROM school.mine"));
        await using var target = new PostgresSeedTarget(database, ExistingData.Refuse);
        Assert.True(await SchoolSeeder.IsCurrentAsync(target, 20, CancellationToken.None));
    }

    [Fact]
    public async Task SeedAsync_LeavesNothing_WhenCanceled()
    {
        var database = await server.CreateDatabaseAsync();
        using var cancel = new CancelAfter(rows: 3_000);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SeedAsync(database, students: 5_000, ExistingData.Refuse, cancel, cancel.Token));

        Assert.Equal(0L, await ExecuteAsync(database, "SELECT count(*) FROM information_schema.schemata WHERE schema_name = 'school'"));
    }

    [Fact]
    public async Task SeedAsync_KeepsTheOldSchool_WhenCanceled()
    {
        var database = await server.CreateDatabaseAsync();
        await SeedAsync(database, students: 10, ExistingData.Refuse);
        using var cancel = new CancelAfter(rows: 3_000);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SeedAsync(database, students: 5_000, ExistingData.Replace, cancel, cancel.Token));

        Assert.Equal(100L, await ExecuteAsync(database, "SELECT count(*) FROM school.grades"));
    }

    private static Task SeedAsync(string database, int students, ExistingData existing) =>
        SeedAsync(database, students, existing, progress: null, CancellationToken.None);

    private static async Task SeedAsync(
        string database, int students, ExistingData existing, IProgress<SeedProgress>? progress, CancellationToken cancellationToken)
    {
        await using var target = new PostgresSeedTarget(database, existing);
        await SchoolSeeder.SeedAsync(target, students, progress, cancellationToken);
    }

    private static async Task<List<string?[]>> ReadAsync(string database, string table)
    {
        var columns = SchoolRows.Table(table).Columns.Select(column => column.Type switch
        {
            ColumnType.Boolean => $"{column.Name}::int::text",
            ColumnType.Timestamp => $"to_char({column.Name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
            _ => $"{column.Name}::text",
        });
        await using var connection = await OpenAsync(database);
        // The server's cluster sorts text by code point, as the generator does.
        await using var command = new NpgsqlCommand(
            $"SELECT {string.Join(", ", columns)} FROM school.{table} AS t ORDER BY t.{SchoolRows.Table(table).Columns[0].Name}",
            connection);
        await using var reader = await command.ExecuteReaderAsync();

        var rows = new List<string?[]>();
        while (await reader.ReadAsync())
            rows.Add(
                [.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetString(column))]);
        return rows;
    }

    private static async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        return connection;
    }
}
