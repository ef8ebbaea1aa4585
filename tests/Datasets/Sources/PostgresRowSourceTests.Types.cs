using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Tests.Datasets.Sources;

public sealed partial class PostgresRowSourceTests
{
    [Theory]
    [InlineData("7::smallint", "7")]
    [InlineData("'3f2504e0-4f89-41d3-9a0c-0305e82c3301'::uuid", "3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("'{\"a\": 1}'::jsonb", "{\"a\": 1}")]
    [InlineData("'x'::varchar(5)", "x")]
    [InlineData("'\\x00ff'::bytea", "\\x00ff")]
    [InlineData("array['a', 'b c']", "{a,\"b c\"}")]
    [InlineData("'NaN'::numeric", "NaN")]
    [InlineData("'NaN'::float8", "NaN")]
    [InlineData("inet '10.0.0.1'", "10.0.0.1/32")]
    [InlineData("'C'::\"char\"", "C")]
    [InlineData("repeat('λ', 100000)", null)]
    public async Task ReadAsync_ReadsAnyTypeAsText_WhenTheColumnIsAnIdentifier(string sql, string? expected)
    {
        var dataset = Narrow($"SELECT {sql} AS c", ColumnType.Identifier);
        expected ??= new string('λ', 100_000);

        var batch = await FirstAsync(dataset, new Comparison(dataset.Columns[0], FilterOperator.StartsWith, [expected[..1]]));

        Assert.Equal(expected, Encoding.UTF8.GetString(batch.GetText(0, 0)));
    }

    [Fact]
    public async Task ReadAsync_ReadsEnumsAsTheirLabels_WhenTheColumnIsText()
    {
        await ExecuteAsync("CREATE TYPE mood AS ENUM ('calm', 'χαρά')");
        var dataset = Narrow("SELECT 'χαρά'::mood AS c", ColumnType.Text);

        var batch = await FirstAsync(dataset, new Comparison(dataset.Columns[0], FilterOperator.Eq, ["χαρά"]));

        Assert.Equal("χαρά", Encoding.UTF8.GetString(batch.GetText(0, 0)));
    }

    [Fact]
    public async Task ReadAsync_ReadsJsonAsItIsStored_WhenTheColumnIsText()
    {
        // The type json has no order, so it can be no key.
        var dataset = Narrow("SELECT 1 AS id, '{\"a\":1}'::json AS c", ColumnType.Text);
        dataset = dataset with { Key = [dataset.Columns[0] with { Name = "id", SqlName = "id" }] };

        var batch = await FirstAsync(dataset, new Comparison(dataset.Columns[0], FilterOperator.Contains, ["a"]));

        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(batch.GetText(0, 0)));
    }

    [Fact]
    public async Task ReadAsync_ReadsTextsWhole_WhateverTheirLength()
    {
        var dataset = Narrow("SELECT repeat('λ', i) AS c FROM generate_series(0, 3000) AS i", ColumnType.Text);
        await using var reader =
            await Source(dataset).OpenAsync(new RowQuery { Dataset = dataset, Columns = dataset.Columns }, CancellationToken.None);
        var batch = new RowBatch([ColumnType.Text]);

        var texts = new List<string>();
        while (await reader.ReadAsync(batch, CancellationToken.None))
            texts.AddRange(Enumerable.Range(0, batch.Count).Select(row => Encoding.UTF8.GetString(batch.GetText(row, 0))));

        Assert.Equal(Enumerable.Range(0, 3001).Select(length => new string('λ', length)), texts);
    }

    [Theory]
    [InlineData("0.1::float8", "0.1")]
    [InlineData("0.1::real", "0.1")]
    [InlineData("7::bigint", "7")]
    [InlineData("12345678901234567890.12345678::numeric", "12345678901234567890.12345678")]
    public async Task ReadAsync_ReadsNumbersAsDecimals_OfAnyType(string sql, string expected)
    {
        var dataset = Narrow($"SELECT {sql} AS c", ColumnType.Decimal);

        var batch = await FirstAsync(dataset, filter: null);

        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), batch.GetDecimal(0, 0));
    }
}
