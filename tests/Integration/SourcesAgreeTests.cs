using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Datasets.Values;
using ExportFunctions.Formats;
using ExportFunctions.Tests.Datasets.Sources;
using ExportFunctions.Tests.Formats;
using ExportFunctions.Tests.OpenApi;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ExportFunctions.Tests.Integration;

/// <summary>
/// The same values in SQLite and in PostgreSQL: files are the same to the byte in every format, and filters find exactly what is shown.
/// </summary>
[Integration]
public sealed class SourcesAgreeTests(PostgresServer server) : IAsyncLifetime
{
    private const int Rows = 100_000;
    private const int ProbesPerColumn = 6;

    private static readonly DatasetColumn[] Columns =
    [
        Column("id", ColumnType.Integer, "bigint"),
        Column("whole", ColumnType.Integer, "bigint"),
        Column("money", ColumnType.Decimal, "numeric", scale: 2),
        Column("exact", ColumnType.Decimal, "numeric"),
        Column("real", ColumnType.Decimal, "double precision"),
        Column("short", ColumnType.Decimal, "real"),
        Column("yes", ColumnType.Boolean, "boolean"),
        Column("day", ColumnType.Date, "date"),
        Column("moment", ColumnType.Timestamp, "timestamptz"),
        Column("wall", ColumnType.LocalTimestamp, "timestamp"),
        Column("clock", ColumnType.Time, "time"),
        Column("name", ColumnType.Text, "text"),
        Column("code", ColumnType.Identifier, "text"),
    ];

    private readonly SqliteFile _file = new();
    private readonly string?[][] _rows = Make();
    private string _connectionString = "";

    public async ValueTask InitializeAsync()
    {
        _connectionString = await server.CreateDatabaseAsync();
        FillSqlite();
        await FillPostgresAsync();
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Files_AreTheSame_InEveryFormat()
    {
        foreach (var name in AppFormats.Catalog.Names)
        {
            var format = AppFormats.Catalog.Find(name)!;
            var layout = SampleRows.Layout(
                Columns, new WriterOptions { TimeZone = "Europe/Athens" }, TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens"));

            var sqlite = await Shown.WriteAsync(Sqlite(), All(), format, layout);
            var postgres = await Shown.WriteAsync(Postgres(), All(), format, layout);

            Assert.True(sqlite.Bytes.AsSpan().SequenceEqual(postgres.Bytes), $"{name}: {Difference(sqlite.Bytes, postgres.Bytes)}");
            Assert.Equal(sqlite.Warnings.Select(Told), postgres.Warnings.Select(Told));
        }
    }

    [Fact]
    public async Task Filters_FindWhatIsShown_InBothSources()
    {
        var (shown, _) = await Shown.AsCsvAsync(Sqlite(), All() with { Columns = [.. Columns.Where(column => column.Name != "name")] });
        var names = Columns.Where(column => column.Name != "name").Select(column => column.Name).ToList();
        var random = new Random(9);

        foreach (var column in Columns.Where(column => column.Name is not ("id" or "name")))
        {
            var at = names.IndexOf(column.Name);
            for (var probe = 0; probe < ProbesPerColumn; probe++)
            {
                var text = shown[random.Next(shown.Length)][at];
                if (text == "NULL" || !TryValue(column, text, out var value))
                    continue;

                foreach (var filterOperator in new[] { FilterOperator.Eq, FilterOperator.Lt, FilterOperator.Ge })
                {
                    if (!FilterOperators.Allows(column.Type, filterOperator))
                        continue;

                    var query = All() with { Columns = [Columns[0]], Filter = new Comparison(column, filterOperator, [value]) };
                    var expected = shown.Where(row => Holds(column, row[at], filterOperator, text)).Select(
                        row => long.Parse(row[0], CultureInfo.InvariantCulture)).ToList();

                    Assert.Equal(expected, await SourceContract.IdsAsync(Sqlite(), query));
                    Assert.Equal(expected, await SourceContract.IdsAsync(Postgres(), query));
                }
            }
        }
    }

    private static string Difference(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var start = Math.Max(0, left.CommonPrefixLength(right) - 100);
        return $"at {start}: {Encoding.UTF8.GetString(left[start..Math.Min(left.Length, start + 200)])} and"
            + $" {Encoding.UTF8.GetString(right[start..Math.Min(right.Length, start + 200)])}";
    }

    private static object Told(ExportFunctions.Problems.ExportWarning warning) =>
        (warning.Code, warning.Count, warning.Column, string.Join('|', warning.FirstKeys ?? []));

    private static bool Holds(DatasetColumn column, string shown, FilterOperator filterOperator, string value)
    {
        if (shown == "NULL")
            return false;

        var order = column.Type switch
        {
            ColumnType.Decimal => DecimalReading.KeyOf(Encoding.ASCII.GetBytes(shown), scale: null).AsSpan().SequenceCompareTo(
                DecimalReading.KeyOf(Encoding.ASCII.GetBytes(value), scale: null)),
            _ when column.IsText => string.CompareOrdinal(shown, value),
            _ => TryValue(column, shown, out var left) && TryValue(
                column, value, out var right) ? FilterValues.Compare(left, right) : throw new InvalidDataException(shown),
        };
        return filterOperator switch
        {
            FilterOperator.Eq => order == 0,
            FilterOperator.Lt => order < 0,
            _ => order >= 0,
        };
    }

    // Numbers of more digits than a request can name are shown all the same.
    private static bool TryValue(DatasetColumn column, string text, out object value)
    {
        value = column.Type switch
        {
            ColumnType.Integer => long.Parse(text, CultureInfo.InvariantCulture),
            ColumnType.Decimal => DecimalReading.Read(
                Encoding.ASCII.GetBytes(text), scale: null, minScale: 0, out var number) == NumberReading.Exact ? number : "",
            ColumnType.Boolean => text == "true",
            ColumnType.Date => DateOnly.Parse(text, CultureInfo.InvariantCulture),
            ColumnType.Timestamp => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
            ColumnType.LocalTimestamp => DateTime.Parse(text, CultureInfo.InvariantCulture),
            ColumnType.Time => TimeOnly.Parse(text, CultureInfo.InvariantCulture),
            _ => text,
        };
        return column.IsText || value is not "";
    }

    /// <summary>Every value as text, as both databases read it: null, an extreme, or anything.</summary>
    private static string?[][] Make()
    {
        var random = new Random(20261127);
        string[] extremes =
        [
            "0001-01-01 00:00:00",
            "9999-12-31 23:59:59.999999",
            "1900-02-28 12:00:00",
            "1970-01-01 00:00:00",
            "2026-03-29 01:00:00",
            "2024-06-30 23:59:59.999"
        ];
        string Moment() => random.Next(20) == 0 ? extremes[random.Next(extremes.Length)] : new DateTime(
            random.NextInt64(DateTime.MaxValue.Ticks / 10) * 10).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
        string Digits(int most) => (random.Next(2) == 0 ? "-" : "")
            + new string(random.GetItems<char>("0123456789", random.Next(1, most))).TrimStart('0').PadLeft(1, '0')
            + (random.Next(3) == 0 ? "" : "." + new string(random.GetItems<char>("0012345678", random.Next(1, most))));
        string? Maybe(string value) => random.Next(15) == 0 ? null : value;

        return [.. Enumerable.Range(1, Rows).Select(id => new[]
        {
            id.ToString(CultureInfo.InvariantCulture),
            Maybe((random.Next(10) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(-100, 100)).ToString(
                CultureInfo.InvariantCulture)),
            Maybe(Digits(random.Next(20) == 0 ? 40 : 7)),
            Maybe(Digits(random.Next(20) == 0 ? 45 : 9)),
            Maybe(Real(random).ToString("R", CultureInfo.InvariantCulture)),
            Maybe(((float)(random.NextDouble() * Math.Pow(10, random.Next(-4, 7)))).ToString("R", CultureInfo.InvariantCulture)),
            Maybe(random.Next(2) == 0 ? "true" : "false"),
            Maybe(Moment()[..10]),
            Maybe(Moment()),
            Maybe(Moment()),
            Maybe(new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay / 10) * 10).ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)),
            Maybe(Text(random)),
            Maybe(new string(random.GetItems<char>("0123456789AB-", random.Next(1, 9)))),
        })];
    }

    private static double Real(Random random) => random.Next(4) switch
    {
        0 => random.Next(-1_000_000, 1_000_000) / 100.0,
        1 => BitConverter.Int64BitsToDouble(random.NextInt64()) is var any && double.IsFinite(any) ? any : 0.1 + 0.2,
        2 => Math.BitIncrement(random.Next(-1_000_000, 1_000_000) / 1_000.0),
        _ => random.NextDouble() * Math.Pow(10, random.Next(-20, 20)),
    };

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var length = random.Next(0, 12); length > 0; length--)
        {
            var scalar = random.Next(6) switch
            {
                0 => random.Next(0x20, 0x7F),
                1 => random.Next(0x370, 0x3FF),
                2 => random.Next(
                0x4E00, 0x9FFF),
                3 => random.Next(0x1F300, 0x1F5FF),
                4 => random.Next(1, 0x20),
                _ => random.Next('a', 'z')
            };
            text.Append(new Rune(scalar).ToString());
        }

        return text.ToString();
    }

    private void FillSqlite()
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"CREATE TABLE agreed ({string.Join(", ", Columns.Select(column => column.Name == "id" ? "\"id\" INTEGER PRIMARY KEY" : $"\"{column.Name}\""))})";
        command.ExecuteNonQuery();
        command.CommandText = $"INSERT INTO agreed VALUES ({string.Join(", ", Columns.Select((_, i) => $"$p{i}"))})";
        var parameters = Columns.Select(
            (_, i) => command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}", Value = DBNull.Value })).ToArray();
        foreach (var row in _rows)
        {
            for (var i = 0; i < row.Length; i++)
                parameters[i].Value = row[i] is { } text ? Stored(Columns[i], text, row[0]![^1]) : DBNull.Value;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    // Each value in one of the ways that databases hold it.
    private static object Stored(DatasetColumn column, string text, char kind) => column.Name switch
    {
        "id" => long.Parse(text, CultureInfo.InvariantCulture),
        "whole" => kind < '5' ? long.Parse(text, CultureInfo.InvariantCulture) : text,
        "real" => double.Parse(text, CultureInfo.InvariantCulture),
        "yes" => kind switch { < '3' => text == "true" ? 1L : 0L, < '6' => text, _ => text == "true" ? "T" : "no" },
        "day" => kind < '5' ? text : text + " 00:00:00",
        "moment" => kind switch { < '3' => text, < '6' => text.Replace(' ', 'T') + "Z", _ => Shifted(text) },
        _ => text,
    };

    private static string Shifted(string text)
    {
        var utc = new DateTimeOffset(DateTime.Parse(text, CultureInfo.InvariantCulture), TimeSpan.Zero);
        return utc.Year is > 1 and < 9999 ? utc.ToOffset(
            TimeSpan.FromHours(2)).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture) : text;
    }

    private async Task FillPostgresAsync()
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using (var create = new NpgsqlCommand($"SET timezone = 'UTC'; CREATE TABLE agreed ({string.Join(", ", Columns.Select(column => $"\"{column.Name}\" {column.Title}"))}, PRIMARY KEY (id))", connection))
            await create.ExecuteNonQueryAsync();

        await using var copy = await connection.BeginTextImportAsync("COPY agreed FROM STDIN");
        foreach (var row in _rows)
            await copy.WriteLineAsync(string.Join(
                '\t',
                row.Select(text => text?.Replace(
                    "\\",
                    "\\\\",
                    StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace(
                        "\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal) ?? "\\N")));
    }

    private static DatasetColumn Column(string name, ColumnType type, string postgresType, int? scale = null) =>
        new() { Name = name, Title = postgresType, Type = type, SqlName = name, Scale = scale };

    private static Dataset Of(string source) =>
        new() { Name = "agreed", Title = "Agreed", Source = source, Table = ["agreed"], Key = [Columns[0]], Columns = Columns };

    private static RowQuery All() => new() { Dataset = Of("school"), Columns = Columns };

    private SqliteRowSource Sqlite() => _file.Source(Of("school"));

    private PostgresRowSource Postgres() =>
        new(new DatasetCatalog([Of("school")], [new DataSource("school", SourceProvider.Postgres, _connectionString)]));
}
