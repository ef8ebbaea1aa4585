using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Datasets.Sql;
using ExportFunctions.Tests.Integration;
using Npgsql;

namespace ExportFunctions.Tests.Datasets.Sources;

[Integration]
public sealed class PostgresUuidTests(PostgresServer server)
{
    private const string First = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
    private const string Second = "b1ffcd00-0000-4000-8000-000000000002";

    [Theory]
    [InlineData(First)]
    [InlineData("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11")]
    [InlineData("{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}")]
    [InlineData("a0eebc999c0b4ef8bb6d6bb9bd380a11")]
    [InlineData("a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11")]
    [InlineData("{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}")]
    public async Task OpenAsync_FindsTheRecord_InAnySpellingOfItsUuid(string spelling)
    {
        var source = await SourceAsync();

        await FindsAsync([1], source, FilterOperator.Eq, spelling);
        await FindsAsync([2, 3], source, FilterOperator.Ne, spelling);
        await FindsAsync([1, 2], source, FilterOperator.In, spelling, Second, "none");
        await FindsAsync([1], source, FilterOperator.Le, spelling);
        await FindsAsync([2], source, FilterOperator.Gt, spelling);
        await FindsAsync([1, 2], source, FilterOperator.Between, spelling, Second.ToUpperInvariant());
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1")]
    [InlineData("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a111")]
    [InlineData("-a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")]
    [InlineData("a0eebc99--9c0b-4ef8-bb6d-6bb9bd380a11")]
    [InlineData("a0e-ebc999c0b4ef8bb6d6bb9bd380a11")]
    [InlineData("{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")]
    [InlineData("g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")]
    public async Task OpenAsync_FindsNothing_WhenTheValueIsNoUuid(string value)
    {
        var source = await SourceAsync();

        await FindsAsync([], source, FilterOperator.Eq, value);
        await FindsAsync([], source, FilterOperator.In, value);
        await FindsAsync([1, 2, 3], source, FilterOperator.Ne, value);
    }

    [Fact]
    public async Task OpenAsync_LooksIntoTheTextThatIsShown()
    {
        var source = await SourceAsync();

        await FindsAsync([1], source, FilterOperator.StartsWith, "a0ee");
        await FindsAsync([], source, FilterOperator.StartsWith, "A0EE");
        await FindsAsync([1], source, FilterOperator.StartsWith, ignoresCase: true, "A0EE");
        await FindsAsync([1], source, FilterOperator.Eq, ignoresCase: true, First.ToUpperInvariant());
        await FindsAsync([2], source, FilterOperator.Ge, "b");
        await FindsAsync([3], source, FilterOperator.IsNull);
    }

    [Fact]
    public void Condition_ComparesTheColumnItself_SoThatItsIndexServes()
    {
        var sql = new SqlText();
        var column = Dataset.Columns[1];

        var equal = PostgresUuids.Condition(sql, "t.code", new Comparison(column, FilterOperator.Eq, [First]));
        var oneOf = PostgresUuids.Condition(sql, "t.code", new Comparison(column, FilterOperator.In, [First, Second]));

        Assert.Equal(("t.code = $1", "t.code = ANY($2)"), (equal, oneOf));
    }

    private static Dataset Dataset { get; } = Make();

    private static Dataset Make()
    {
        var id = new DatasetColumn { Name = "id", Title = "Id", Type = ColumnType.Integer, SqlName = "id" };
        var code = new DatasetColumn { Name = "code", Title = "Code", Type = ColumnType.Identifier, SqlName = "code" };
        return new Dataset { Name = "codes", Title = "Codes", Source = "school", Table = ["codes"], Key = [id], Columns = [id, code] };
    }

    private static Task FindsAsync(long[] expected, PostgresRowSource source, FilterOperator filterOperator, params string[] values) =>
        FindsAsync(expected, source, filterOperator, ignoresCase: false, values);

    private static async Task FindsAsync(
        long[] expected, PostgresRowSource source, FilterOperator filterOperator, bool ignoresCase, params string[] values)
    {
        var filter = new Comparison(Dataset.Columns[1], filterOperator, values) { IgnoresCase = ignoresCase };

        var ids = await SourceContract.IdsAsync(source, new RowQuery { Dataset = Dataset, Columns = Dataset.Columns, Filter = filter });

        Assert.Equal(expected, ids);
    }

    private async Task<PostgresRowSource> SourceAsync()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        const string Codes = $"""
            CREATE TABLE codes (id bigint PRIMARY KEY, code uuid UNIQUE);
            INSERT INTO codes VALUES (1, '{First}'), (2, '{Second}'), (3, NULL)
            """;
        await using var command = new NpgsqlCommand(Codes, connection);
        await command.ExecuteNonQueryAsync();
        return new PostgresRowSource(new DatasetCatalog([Dataset], [new DataSource("school", SourceProvider.Postgres, connectionString)]));
    }
}
