using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Datasets.Sources;

/// <summary>
/// The values that SQLite databases hold in practice: what CSV imports, spreadsheets and other languages' libraries leave there.
/// </summary>
public sealed class SqliteValuesTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(ColumnType.Integer, "''", "NULL")]
    [InlineData(ColumnType.Integer, "'  '", "NULL")]
    [InlineData(ColumnType.Integer, "'12'", "12")]
    [InlineData(ColumnType.Integer, "' -7 '", "-7")]
    [InlineData(ColumnType.Integer, "'+5'", "5")]
    [InlineData(ColumnType.Integer, "'12.0'", "12")]
    [InlineData(ColumnType.Integer, "12.0", "12")]
    [InlineData(ColumnType.Integer, "'9223372036854775807'", "9223372036854775807")]
    [InlineData(ColumnType.Decimal, "''", "NULL")]
    [InlineData(ColumnType.Decimal, "9.0", "9")]
    [InlineData(ColumnType.Decimal, "6.6", "6.6")]
    [InlineData(ColumnType.Decimal, "'12.75'", "12.75")]
    [InlineData(ColumnType.Decimal, "'12.50'", "12.50")]
    [InlineData(ColumnType.Decimal, "0.1 + 0.2", "0.30000000000000004")]
    [InlineData(ColumnType.Decimal, "9007199254740992.0", "9007199254740992")]
    [InlineData(ColumnType.Decimal, "1e300", "1E+300")]
    [InlineData(ColumnType.Decimal, "-4.9e-324", "-5E-324")]
    [InlineData(ColumnType.Decimal, "'123456789012345678901234567890.12'", "123456789012345678901234567890.12")]
    [InlineData(ColumnType.Boolean, "''", "NULL")]
    [InlineData(ColumnType.Boolean, "'1'", "true")]
    [InlineData(ColumnType.Boolean, "'t'", "true")]
    [InlineData(ColumnType.Boolean, "'TRUE'", "true")]
    [InlineData(ColumnType.Boolean, "'yes'", "true")]
    [InlineData(ColumnType.Boolean, "'No'", "false")]
    [InlineData(ColumnType.Boolean, "'f'", "false")]
    [InlineData(ColumnType.Boolean, "0.0", "false")]
    [InlineData(ColumnType.Date, "''", "NULL")]
    [InlineData(ColumnType.Date, "'2024-01-05 00:00:00'", "2024-01-05")]
    [InlineData(ColumnType.Date, "'2024-01-05T00:00:00.000Z'", "2024-01-05")]
    [InlineData(ColumnType.Date, "'0001-01-01'", "0001-01-01")]
    [InlineData(ColumnType.Date, "'9999-12-31'", "9999-12-31")]
    [InlineData(ColumnType.Timestamp, "''", "NULL")]
    [InlineData(ColumnType.Timestamp, "'2024-01-05'", "2024-01-05T00:00:00Z")]
    [InlineData(ColumnType.Timestamp, "'2024-01-05 10:20'", "2024-01-05T10:20:00Z")]
    [InlineData(ColumnType.Timestamp, "'2024-01-05T10:20:30+02:00'", "2024-01-05T08:20:30Z")]
    [InlineData(ColumnType.Timestamp, "'2024-01-05 10:20:30.123456789'", "2024-01-05T10:20:30.1234567Z")]
    [InlineData(ColumnType.LocalTimestamp, "'2024-01-05 10:20:30'", "2024-01-05T10:20:30")]
    [InlineData(ColumnType.LocalTimestamp, "'2024-01-05T10:20:30Z'", "2024-01-05T10:20:30")]
    [InlineData(ColumnType.Time, "'08:15'", "08:15:00")]
    [InlineData(ColumnType.Time, "'08:15:30.25'", "08:15:30.25")]
    [InlineData(ColumnType.Text, "12", "12")]
    [InlineData(ColumnType.Text, "0.1 + 0.2", "0.30000000000000004")]
    [InlineData(ColumnType.Text, "5.0", "5.0")]
    public async Task ReadAsync_ReadsWhatIsUnambiguous_AndFiltersFindIt(ColumnType type, string sql, string expected)
    {
        var dataset = Make(type, sql);

        var (rows, _) = await Shown.AsCsvAsync(_file.Source(dataset), All(dataset));

        Assert.Equal(expected, rows[0][1]);
        var isNull = All(dataset) with { Filter = new Comparison(dataset.Columns[1], FilterOperator.IsNull, []) };
        Assert.Equal(expected == "NULL" ? 1 : 0, (await SourceContract.IdsAsync(_file.Source(dataset), isNull)).Length);
    }

    [Theory]
    [InlineData(ColumnType.Integer, "'seven'", "text that is not a whole number of 64 bits", "seven")]
    [InlineData(ColumnType.Integer, "7.5", "a number with a fraction", "7.5")]
    [InlineData(ColumnType.Integer, "1e20", "a number of more than 64 bits", "1E+20")]
    [InlineData(ColumnType.Decimal, "'7 5'", "text that is not a number", "7 5")]
    [InlineData(ColumnType.Decimal, "-9e999", "an infinite number", "-Infinity")]
    [InlineData(ColumnType.Decimal, "x'00ff'", "bytes (a BLOB)", "\\x00ff")]
    [InlineData(ColumnType.Boolean, "2", "a number that is neither 0 nor 1", "2")]
    [InlineData(ColumnType.Boolean, "'maybe'", "text that says neither true nor false", "maybe")]
    [InlineData(ColumnType.Date, "'2024-02-30'", "text that is not a date", "2024-02-30")]
    [InlineData(ColumnType.Date, "45296", "a plain number", "45296")]
    [InlineData(ColumnType.Timestamp, "1704450030", "a plain number", "1704450030")]
    [InlineData(ColumnType.Time, "'25:00'", "text that is not a time of day", "25:00")]
    [InlineData(ColumnType.Text, "x'00ff'", "bytes (a BLOB)", "\\x00ff")]
    public async Task ReadAsync_DoesAsTheColumnSays_WhenAValueCanNotBeRead(ColumnType type, string sql, string kind, string text)
    {
        var failing = Make(type, sql);
        var emptying = Make(type, sql, column => column with { OnUnreadable = UnreadableValue.Null });
        var writing = Make(type, sql, column => column with { OnUnreadable = UnreadableValue.Text });

        var failed = await Assert.ThrowsAsync<ExportFailureException>(() => Shown.AsCsvAsync(_file.Source(failing), All(failing)));
        var (empty, emptyWarnings) = await Shown.AsCsvAsync(_file.Source(emptying), All(emptying));
        var (written, writtenWarnings) = await Shown.AsCsvAsync(_file.Source(writing), All(writing));

        Assert.Contains($"the record with the key 1 holds {kind}", failed.Failure.Reason, StringComparison.Ordinal);
        Assert.Equal(("NULL", text), (empty[0][1], written[0][1]));
        Assert.Equal(("unreadable_as_null", 1L, "c", "1"), Of(Assert.Single(emptyWarnings)));
        Assert.Equal(("unreadable_as_text", 1L, "c", "1"), Of(Assert.Single(writtenWarnings)));
    }

    [Theory]
    [InlineData(StoredForm.UnixSeconds, ColumnType.Timestamp, "1704450030", "2024-01-05T10:20:30Z")]
    [InlineData(StoredForm.UnixSeconds, ColumnType.Timestamp, "1704450030.25", "2024-01-05T10:20:30.25Z")]
    [InlineData(StoredForm.UnixSeconds, ColumnType.Timestamp, "-62135596800", "0001-01-01T00:00:00Z")]
    [InlineData(StoredForm.UnixSeconds, ColumnType.Date, "1704412800", "2024-01-05")]
    [InlineData(StoredForm.UnixMilliseconds, ColumnType.Timestamp, "1704450030250", "2024-01-05T10:20:30.25Z")]
    [InlineData(StoredForm.UnixMicroseconds, ColumnType.LocalTimestamp, "1704450030250001", "2024-01-05T10:20:30.250001")]
    [InlineData(StoredForm.JulianDay, ColumnType.Timestamp, "julianday('2024-01-05 10:20:30.250')", "2024-01-05T10:20:30.25Z")]
    [InlineData(StoredForm.JulianDay, ColumnType.Date, "2460314.5", "2024-01-05")]
    [InlineData(StoredForm.ExcelSerial, ColumnType.Date, "45296", "2024-01-05")]
    [InlineData(StoredForm.ExcelSerial, ColumnType.Date, "1", "1900-01-01")]
    [InlineData(StoredForm.ExcelSerial, ColumnType.LocalTimestamp, "45296.5", "2024-01-05T12:00:00")]
    public async Task ReadAsync_ReadsEpochs_WhereTheColumnSaysSo(StoredForm stored, ColumnType type, string sql, string expected)
    {
        var dataset = Make(type, sql, column => column with { Stored = stored });

        var (rows, warnings) = await Shown.AsCsvAsync(_file.Source(dataset), All(dataset));

        Assert.Equal(expected, rows[0][1]);
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData(StoredForm.UnixSeconds, "'7000000000000000000000000000'")]
    [InlineData(StoredForm.UnixMilliseconds, "9e18")]
    [InlineData(StoredForm.UnixMicroseconds, "1e300")]
    [InlineData(StoredForm.JulianDay, "-1e300")]
    [InlineData(StoredForm.ExcelSerial, "60")]
    [InlineData(StoredForm.ExcelSerial, "9e999")]
    public async Task ReadAsync_CanNotReadEpochs_OutsideTheCalendar(StoredForm stored, string sql)
    {
        var dataset = Make(ColumnType.Timestamp, sql, column => column with { Stored = stored, OnUnreadable = UnreadableValue.Null });

        var (rows, warnings) = await Shown.AsCsvAsync(_file.Source(dataset), All(dataset));
        var after = All(dataset) with { Filter = new Comparison(dataset.Columns[1], FilterOperator.Gt, [DateTime.UnixEpoch]) };

        Assert.Equal("NULL", rows[0][1]);
        Assert.Equal("unreadable_as_null", Assert.Single(warnings).Code);
        Assert.Empty(await SourceContract.IdsAsync(_file.Source(dataset), after));
    }

    [Fact]
    public async Task ReadAsync_CountsDigitsThatAScaleCuts_WithTheFirstRecords()
    {
        var dataset = Make(ColumnType.Decimal, "NULL", column => column with { Scale = 2 });
        _file.Execute("INSERT INTO t SELECT value, value / 1000.0 FROM generate_series(2, 100)".Replace(
            "generate_series(2, 100)",
            "(WITH RECURSIVE n(value) AS (SELECT 2 UNION ALL SELECT value + 1 FROM n WHERE value < 100) SELECT value FROM n)",
            StringComparison.Ordinal));

        var (rows, warnings) = await Shown.AsCsvAsync(_file.Source(dataset), All(dataset));

        Assert.Equal(("rounded", 89L, "c"), (warnings[0].Code, warnings[0].Count, warnings[0].Column));
        Assert.Equal(["2", "3", "4"], warnings[0].FirstKeys);
        Assert.Equal("0.01", rows[4][1]);
    }

    [Fact]
    public async Task ReadAsync_ShowsTheDigitsThatTheTablePromises_WithoutAScale()
    {
        _file.Execute("CREATE TABLE marks (id INTEGER PRIMARY KEY, c DECIMAL(3,1))");
        _file.Execute("INSERT INTO marks VALUES (1, 9.0), (2, 6.6), (3, 2.85)");
        var dataset = Of("marks", ColumnType.Decimal);

        var (rows, _) = await Shown.AsCsvAsync(_file.Source(dataset), All(dataset));

        Assert.Equal(["9.0", "6.6", "2.85"], rows.Select(row => row[1]));
    }

    [Fact]
    public async Task ReadAsync_ReplacesInvalidText_AndSaysSo()
    {
        var dataset = Make(ColumnType.Text, "CAST(x'61ff62' AS TEXT)");

        var (rows, warnings) = await Shown.AsCsvAsync(_file.Source(dataset), All(dataset));

        Assert.Equal("a\uFFFDb", rows[0][1]);
        Assert.Equal(("characters_replaced", 1L, "c", "1"), Of(Assert.Single(warnings)));
    }

    [Fact]
    public async Task ReadAsync_NamesTheRecord_WhenItsKeyIsNotExported()
    {
        var dataset = Make(ColumnType.Decimal, "'many'", column => column with { OnUnreadable = UnreadableValue.Null });

        var (_, warnings) = await Shown.AsCsvAsync(_file.Source(dataset), All(dataset) with { Columns = [dataset.Columns[1]] });

        Assert.Equal(["1"], Assert.Single(warnings).FirstKeys);
    }

    [Fact]
    public async Task OpenAsync_ComparesWhatIsShown_WhenUnreadableValuesAreText()
    {
        var dataset = Make(ColumnType.Integer, "'abc'", column => column with { OnUnreadable = UnreadableValue.Text });
        _file.Execute("INSERT INTO t VALUES (2, '12'), (3, 5), (4, ''), (5, NULL), (6, 7.5)");

        async Task<long[]> Find(FilterOperator filterOperator, params object[] values) =>
            await SourceContract.IdsAsync(
                _file.Source(dataset), All(dataset) with { Filter = new Comparison(dataset.Columns[1], filterOperator, values) });

        Assert.Equal(new long[] { 2, 3 }, await Find(FilterOperator.Gt, 1L));
        Assert.Equal(Array.Empty<long>(), await Find(FilterOperator.Lt, 1L));
        Assert.Equal(new long[] { 2 }, await Find(FilterOperator.Eq, 12L));
        Assert.Equal(new long[] { 2, 3 }, await Find(FilterOperator.In, 5L, 12L));
        Assert.Equal(new long[] { 4, 5 }, await Find(FilterOperator.IsNull));
        Assert.Equal(new long[] { 1, 3, 4, 5, 6 }, await Find(FilterOperator.Ne, 12L));
    }

    private static (string Code, long Count, string? Column, string Key) Of(ExportFunctions.Problems.ExportWarning warning) =>
        (warning.Code, warning.Count, warning.Column, Assert.Single(warning.FirstKeys!));

    private static RowQuery All(Dataset dataset) => new() { Dataset = dataset, Columns = dataset.Columns };

    private Dataset Make(ColumnType type, string sql, Func<DatasetColumn, DatasetColumn>? change = null)
    {
        _file.Execute("DROP TABLE IF EXISTS t");
        _file.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, c)");
        _file.Execute($"INSERT INTO t VALUES (1, {sql})");
        return Of("t", type, change);
    }

    private static Dataset Of(string table, ColumnType type, Func<DatasetColumn, DatasetColumn>? change = null)
    {
        var id = new DatasetColumn { Name = "id", Title = "Id", Type = ColumnType.Integer, SqlName = "id" };
        var column = new DatasetColumn { Name = "c", Title = "C", Type = type, SqlName = "c" };
        return new Dataset
        {
            Name = "values",
            Title = "Values",
            Source = "school",
            Table = [table],
            Key = [id],
            Columns = [id, change?.Invoke(column) ?? column],
        };
    }
}
