using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Datasets.Sources;

/// <summary>Values of PostgreSQL's that its driver, or .NET's types, have no room for.</summary>
[Integration]
public sealed class PostgresValuesTests(PostgresServer server) : IAsyncLifetime
{
    private string _connectionString = "";

    public async ValueTask InitializeAsync() => _connectionString = await server.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("16777216::real", ColumnType.Decimal, "16777216")]
    [InlineData("123456.79::real", ColumnType.Decimal, "123456.79")]
    [InlineData("11.4::real", ColumnType.Decimal, "11.4")]
    [InlineData("9007199254740992::float8", ColumnType.Decimal, "9007199254740992")]
    [InlineData("0.1::float8 + 0.2::float8", ColumnType.Decimal, "0.30000000000000004")]
    [InlineData("9.0::numeric(3,1)", ColumnType.Decimal, "9.0")]
    [InlineData("12.75::numeric", ColumnType.Decimal, "12.75")]
    [InlineData("0.1000000000000000000000000001::numeric", ColumnType.Decimal, "0.1000000000000000000000000001")]
    [InlineData("date '9999-12-31'", ColumnType.Date, "9999-12-31")]
    [InlineData("date '0001-01-01'", ColumnType.Date, "0001-01-01")]
    [InlineData("timestamptz '0001-01-01 00:00:00+00'", ColumnType.Timestamp, "0001-01-01T00:00:00Z")]
    [InlineData("timestamptz '9999-12-31 23:59:59.999999+00'", ColumnType.Timestamp, "9999-12-31T23:59:59.999999Z")]
    [InlineData("timestamp '2024-06-30 23:59:59.999'", ColumnType.LocalTimestamp, "2024-06-30T23:59:59.999")]
    [InlineData("timestamp '2024-06-30 00:00'", ColumnType.Date, "2024-06-30")]
    [InlineData("date '2024-06-30'", ColumnType.Timestamp, "2024-06-30T00:00:00Z")]
    [InlineData("time '08:15:30.25'", ColumnType.Time, "08:15:30.25")]
    [InlineData("1::smallint", ColumnType.Boolean, "true")]
    [InlineData("7.0::numeric", ColumnType.Integer, "7")]
    [InlineData("7::float8", ColumnType.Integer, "7")]
    public async Task ReadAsync_ReadsExactly_AndFiltersFindIt(string sql, ColumnType type, string expected)
    {
        var dataset = Make($"SELECT 1 AS id, {sql} AS c", type);

        var (rows, warnings) = await Shown.AsCsvAsync(Source(dataset), All(dataset));

        Assert.Equal(expected, rows[0][1]);
        Assert.Empty(warnings);
        var value = ValueOf(type, expected);
        Assert.Single(await FindAsync(dataset, FilterOperator.Eq, value));
        Assert.Single(await FindAsync(dataset, FilterOperator.In, value, value));
        Assert.Empty(await FindAsync(dataset, FilterOperator.Ne, value));
        if (type == ColumnType.Boolean)
            return;

        Assert.Empty(await FindAsync(dataset, FilterOperator.Lt, value));
        Assert.Single(await FindAsync(dataset, FilterOperator.Le, value));
        Assert.Single(await FindAsync(dataset, FilterOperator.Between, value, value));
    }

    [Theory]
    [InlineData("''", ColumnType.Integer, "NULL")]
    [InlineData("'12'", ColumnType.Integer, "12")]
    [InlineData("'12.50'", ColumnType.Decimal, "12.50")]
    [InlineData("'yes'", ColumnType.Boolean, "true")]
    [InlineData("'2024-01-05 00:00:00'", ColumnType.Date, "2024-01-05")]
    [InlineData("'2024-01-05T10:20:30+02:00'", ColumnType.Timestamp, "2024-01-05T08:20:30Z")]
    [InlineData("'08:15'", ColumnType.Time, "08:15:00")]
    public async Task ReadAsync_ReadsTextColumnsAsDeclared_AsSqliteDoes(string sql, ColumnType type, string expected)
    {
        var dataset = Make($"SELECT 1 AS id, {sql}::varchar AS c", type);

        var (rows, _) = await Shown.AsCsvAsync(Source(dataset), All(dataset));

        Assert.Equal(expected, rows[0][1]);
        var refused = await Assert.ThrowsAsync<ExportFailureException>(
            () => FindAsync(dataset, FilterOperator.Eq, expected == "NULL" ? 1L : ValueOf(type, expected)));
        Assert.Contains("cast the column in a query", refused.Failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12345678901234567890123456789012345.5::numeric", null, "12345678901234567890123456789012345.5", "number_as_text")]
    [InlineData("(1::numeric / 3) * (1::numeric / 7)", null, null, "number_as_text")]
    [InlineData("1e300::float8", null, "1E+300", "number_as_text")]
    [InlineData("(10::numeric / 3) * (10::numeric / 7)", 4, "4.7619", "rounded")]
    [InlineData("12.345::numeric", 2, "12.35", "rounded")]
    [InlineData("12.345::float8", 2, "12.35", "rounded")]
    public async Task ReadAsync_CountsWhatADecimalCanNotHold_OrItsScaleCuts(string sql, int? scale, string? expected, string code)
    {
        var dataset = Make($"SELECT 1 AS id, {sql} AS c", ColumnType.Decimal, column => column with { Scale = scale });

        var (rows, warnings) = await Shown.AsCsvAsync(Source(dataset), All(dataset));

        if (expected is not null)
            Assert.Equal(expected, rows[0][1]);
        Assert.Equal((code, "c", "1"), (Assert.Single(warnings).Code, warnings[0].Column, Assert.Single(warnings[0].FirstKeys!)));
        if (scale is not null)
            Assert.Single(await FindAsync(dataset, FilterOperator.Eq, decimal.Parse(expected!, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("'NaN'::numeric", ColumnType.Decimal, "NaN")]
    [InlineData("'-Infinity'::numeric", ColumnType.Decimal, "-Infinity")]
    [InlineData("'NaN'::real", ColumnType.Decimal, "NaN")]
    [InlineData("'Infinity'::float8", ColumnType.Decimal, "Infinity")]
    [InlineData("'infinity'::date", ColumnType.Date, "infinity")]
    [InlineData("'-infinity'::timestamptz", ColumnType.Timestamp, "-infinity")]
    [InlineData("date '0044-03-15 BC'", ColumnType.Date, "0044-03-15 BC")]
    [InlineData("date '0001-12-31 BC'", ColumnType.Date, "0001-12-31 BC")]
    [InlineData("date '4713-01-01 BC'", ColumnType.Date, "4713-01-01 BC")]
    [InlineData("date '12024-02-29'", ColumnType.Date, "12024-02-29")]
    [InlineData("timestamp '0044-03-15 12:30 BC'", ColumnType.LocalTimestamp, "0044-03-15 12:30:00 BC")]
    [InlineData("time '24:00'", ColumnType.Time, "24:00:00")]
    [InlineData("7.5::numeric", ColumnType.Integer, "7.5")]
    public async Task ReadAsync_DoesAsTheColumnSays_WhenAValueCanNotBeRead(string sql, ColumnType type, string text)
    {
        var query = $"SELECT 1 AS id, {sql} AS c";
        var emptying = Make(query, type, column => column with { OnUnreadable = UnreadableValue.Null });
        var writing = Make(query, type, column => column with { OnUnreadable = UnreadableValue.Text });

        var (empty, emptyWarnings) = await Shown.AsCsvAsync(Source(emptying), All(emptying));
        var (written, writtenWarnings) = await Shown.AsCsvAsync(Source(writing), All(writing));

        Assert.Equal(("NULL", text), (empty[0][1], written[0][1]));
        Assert.Equal("unreadable_as_null", Assert.Single(emptyWarnings).Code);
        Assert.Equal("unreadable_as_text", Assert.Single(writtenWarnings).Code);
        Assert.Single(await FindAsync(emptying, FilterOperator.IsNull));
        Assert.Empty(await FindAsync(writing, FilterOperator.IsNull));
    }

    [Theory]
    [InlineData(FilterOperator.Lt, "9999-12-31", 2)]
    [InlineData(FilterOperator.Le, "9999-12-31", 3)]
    [InlineData(FilterOperator.Gt, "2000-01-01", 1)]
    [InlineData(FilterOperator.Ge, "0001-01-01", 3)]
    [InlineData(FilterOperator.Eq, "9999-12-31", 1)]
    [InlineData(FilterOperator.Eq, "0001-01-01", 1)]
    public async Task OpenAsync_TakesTheEndsOfTheCalendarForWhatTheyAre(FilterOperator filterOperator, string day, int expected)
    {
        var dataset = Make(
            "SELECT n AS id, d AS c FROM (VALUES (1, date '0001-01-01'), (2, '2000-01-01'), (3, '9999-12-31'), (4, 'infinity'), (5,"
                + " '-infinity'), (6, '0044-03-15 BC'), (7, NULL)) AS v (n, d)",
            ColumnType.Date,
            column => column with { OnUnreadable = UnreadableValue.Text });

        var found = await FindAsync(dataset, filterOperator, DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture));

        Assert.Equal(expected, found.Length);
    }

    [Theory]
    [InlineData(StoredForm.UnixSeconds, "1704450030::bigint", ColumnType.Timestamp, "2024-01-05T10:20:30Z")]
    [InlineData(StoredForm.UnixSeconds, "1704450030.25::float8", ColumnType.Timestamp, "2024-01-05T10:20:30.25Z")]
    [InlineData(StoredForm.UnixMilliseconds, "1704450030250::numeric", ColumnType.LocalTimestamp, "2024-01-05T10:20:30.25")]
    [InlineData(StoredForm.UnixSeconds, "1704412800", ColumnType.Date, "2024-01-05")]
    [InlineData(StoredForm.JulianDay, "2460314.5::float8", ColumnType.Date, "2024-01-05")]
    [InlineData(StoredForm.ExcelSerial, "45296.5::float8", ColumnType.LocalTimestamp, "2024-01-05T12:00:00")]
    public async Task ReadAsync_ReadsEpochs_AndFiltersFindThem(StoredForm stored, string sql, ColumnType type, string expected)
    {
        var dataset = Make($"SELECT 1 AS id, {sql} AS c", type, column => column with { Stored = stored });

        var (rows, _) = await Shown.AsCsvAsync(Source(dataset), All(dataset));

        Assert.Equal(expected, rows[0][1]);
        Assert.Single(await FindAsync(dataset, FilterOperator.Eq, ValueOf(type, expected)));
        Assert.Single(await FindAsync(dataset, FilterOperator.Le, ValueOf(type, expected)));
        Assert.Empty(await FindAsync(dataset, FilterOperator.Gt, ValueOf(type, expected)));
    }

    [Theory]
    [InlineData(FilterOperator.Lt, 1)]
    [InlineData(FilterOperator.Le, 1)]
    [InlineData(FilterOperator.Gt, 1)]
    [InlineData(FilterOperator.Ge, 1)]
    [InlineData(FilterOperator.Eq, 0)]
    [InlineData(FilterOperator.Ne, 2)]
    public async Task OpenAsync_ComparesExactly_WithTimesFinerThanTheDatabases(FilterOperator filterOperator, int expected)
    {
        var dataset =
            Make(
                "SELECT n AS id, t AS c FROM (VALUES (1, timestamptz '2024-01-05 10:00:00.000001+00'), (2, '2024-01-05"
                    + " 10:00:00.000002+00')) AS v (n, t)",
                ColumnType.Timestamp);

        var found = await FindAsync(dataset, filterOperator, new DateTime(2024, 1, 5, 10, 0, 0, DateTimeKind.Utc).AddTicks(15));

        Assert.Equal(expected, found.Length);
    }

    private static object ValueOf(ColumnType type, string text) => type switch
    {
        ColumnType.Integer => long.Parse(text, CultureInfo.InvariantCulture),
        ColumnType.Decimal => decimal.Parse(text, CultureInfo.InvariantCulture),
        ColumnType.Boolean => text == "true",
        ColumnType.Date => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnType.Time => TimeOnly.Parse(text, CultureInfo.InvariantCulture),
        ColumnType.LocalTimestamp => DateTime.Parse(text, CultureInfo.InvariantCulture),
        _ => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
    };

    private static RowQuery All(Dataset dataset) => new() { Dataset = dataset, Columns = dataset.Columns };

    private static Dataset Make(string query, ColumnType type, Func<DatasetColumn, DatasetColumn>? change = null)
    {
        var id = new DatasetColumn { Name = "id", Title = "Id", Type = ColumnType.Integer, SqlName = "id" };
        var column = new DatasetColumn { Name = "c", Title = "C", Type = type, SqlName = "c" };
        return new Dataset
        {
            Name = "values",
            Title = "Values",
            Source = "school",
            Query = query,
            Key = [id],
            Columns = [id, change?.Invoke(column) ?? column],
        };
    }

    private PostgresRowSource Source(Dataset dataset) =>
        new(new DatasetCatalog([dataset], [new DataSource("school", SourceProvider.Postgres, _connectionString)]));

    private Task<long[]> FindAsync(Dataset dataset, FilterOperator filterOperator, params object[] values) =>
        SourceContract.IdsAsync(Source(dataset), All(dataset) with { Filter = new Comparison(dataset.Columns[1], filterOperator, values) });
}
