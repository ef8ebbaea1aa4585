using System.Globalization;
using ExportFunctions.Local.Seeding;
using Microsoft.Data.Sqlite;

namespace ExportFunctions.Tests.Local.Seeding;

public sealed class SqliteSeedTargetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("students", 3_000)]
    [InlineData("courses", 200)]
    [InlineData("grades", 30_000)]
    public async Task SeedAsync_StoresEveryCellExactly(string table, int rows)
    {
        var path = _folder.File("school.db");

        await SeedAsync(path, students: 3_000);

        Assert.Equal(SchoolRows.Of(table, 0, rows), await ReadAsync(path, table));
        Assert.Equal(["school.db"], _folder.Names());
    }

    [Fact]
    public async Task SeedAsync_MakesTheSameFile_WhenRepeated()
    {
        var path = _folder.File("school.db");
        await SeedAsync(path, students: 50);
        var first = await File.ReadAllBytesAsync(path);

        await SeedAsync(path, students: 50);

        Assert.Equal(first, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task SeedAsync_LeavesNothing_WhenCanceled()
    {
        using var cancel = new CancelAfter(rows: 3_000);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SeedAsync(_folder.File("school.db"), students: 5_000, cancel, cancel.Token));

        Assert.Empty(_folder.Names());
    }

    [Fact]
    public async Task SeedAsync_KeepsTheOldSchool_WhenCanceled()
    {
        var path = _folder.File("school.db");
        await SeedAsync(path, students: 20);
        using var cancel = new CancelAfter(rows: 3_000);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SeedAsync(path, students: 5_000, cancel, cancel.Token));

        Assert.True(await SchoolDatabase.IsCurrentAsync(path, 20, CancellationToken.None));
        Assert.Equal(["school.db"], _folder.Names());
    }

    [Fact]
    public async Task SeedAsync_ReportsEveryRowInOrder()
    {
        using var progress = new CancelAfter(rows: long.MaxValue);

        await SeedAsync(_folder.File("school.db"), students: 1_000, progress, progress.Token);

        Assert.Equal(progress.Reports.OrderBy(report => report.RowsDone), progress.Reports);
        Assert.All(progress.Reports, report => Assert.Equal(11_200, report.RowsTotal));
        Assert.Equal(new SeedProgress("finishing", 11_200, 11_200), progress.Reports[^1]);
    }

    [Fact]
    public async Task SeedAsync_Refuses_WhenTheFileIsSomethingElse()
    {
        var path = _folder.File("thesis.txt");
        await File.WriteAllTextAsync(path, "Years of work.");

        var exception = await Assert.ThrowsAsync<SeedFailedException>(() => SeedAsync(path, students: 10));

        Assert.Contains("--replace", exception.Message, StringComparison.Ordinal);
        Assert.Equal("Years of work.", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task SeedAsync_ClearsJournalsAway_WhenItReplacesADatabase()
    {
        var path = _folder.File("school.db");
        await SeedAsync(path, students: 10);
        await File.WriteAllTextAsync(path + "-wal", "of the old database");

        await SeedAsync(path, students: 20);

        Assert.Equal(["school.db"], _folder.Names());
    }

    [Fact]
    public async Task SeedAsync_ClearsAwayWhatKilledProcessesLeft_ButNotWhatOthersAreWriting()
    {
        var ofThisProcess = string.Create(CultureInfo.InvariantCulture, $"school.db.{Environment.ProcessId}.x.partial");
        await File.WriteAllTextAsync(_folder.File("school.db.2147483647.x.partial"), "left behind");
        await File.WriteAllTextAsync(_folder.File(ofThisProcess), "being written");

        await SeedAsync(_folder.File("school.db"), students: 10);

        Assert.Equal(["school.db", ofThisProcess], _folder.Names());
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    [InlineData(null, true)]
    public async Task IsCurrentAsync_TellsTheCountApart(int? students, bool expected)
    {
        var path = _folder.File("school.db");
        await SeedAsync(path, students: 10);

        var isCurrent = await SchoolDatabase.IsCurrentAsync(path, students, CancellationToken.None);

        Assert.Equal(expected, isCurrent);
    }

    [Fact]
    public async Task IsCurrentAsync_IsFalse_WhenTheRowsAreOfAnotherRecipe()
    {
        var path = _folder.File("school.db");
        await SeedAsync(path, students: 10);
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = new SqliteCommand("UPDATE school_info SET generator_version = 0", connection);
            await command.ExecuteNonQueryAsync();
        }

        Assert.False(await SchoolDatabase.IsCurrentAsync(path, null, CancellationToken.None));
    }

    [Fact]
    public async Task IsCurrentAsync_IsFalse_WhenThereIsNoFile() =>
        Assert.False(await SchoolDatabase.IsCurrentAsync(_folder.File("school.db"), null, CancellationToken.None));

    private static Task SeedAsync(string path, int students) => SeedAsync(path, students, progress: null, CancellationToken.None);

    private static async Task SeedAsync(string path, int students, IProgress<SeedProgress>? progress, CancellationToken cancellationToken)
    {
        await using var target = new SqliteSeedTarget(path, ExistingData.Refuse);
        await SchoolSeeder.SeedAsync(target, students, progress, cancellationToken);
    }

    private static async Task<List<string?[]>> ReadAsync(string path, string table)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        // Decimals come back as numbers; the format gives them their scale again.
        var columns = SchoolRows.Table(table).Columns.Select(column =>
            column.Scale > 0 ? $"CASE WHEN {column.Name} IS NOT NULL THEN printf('%.{column.Scale}f', {column.Name}) END" : column.Name);
        await using var command = new SqliteCommand($"SELECT {string.Join(", ", columns)} FROM {table} ORDER BY 1", connection);
        await using var reader = await command.ExecuteReaderAsync();

        var rows = new List<string?[]>();
        while (await reader.ReadAsync())
            rows.Add(
                [.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetString(column))]);
        return rows;
    }
}
