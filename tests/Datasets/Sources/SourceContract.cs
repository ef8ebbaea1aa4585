using System.Text;
using CsCheck;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;

namespace ExportFunctions.Tests.Datasets.Sources;

/// <summary>The checks that every source must stand, whatever its engine.</summary>
internal static class SourceContract
{
    public static async Task<long[]> IdsAsync(IRowSource source, RowQuery query)
    {
        var id = query.Columns.Select((column, i) => (column, i)).First(pair => pair.column.Name == "id").i;
        var ids = new List<long>();
        await using var reader = await source.OpenAsync(query, TestContext.Current.CancellationToken);
        var batch = new RowBatch([.. query.Columns.Select(column => column.Type)], capacity: 64);
        while (await reader.ReadAsync(batch, TestContext.Current.CancellationToken))
        {
            for (var row = 0; row < batch.Count; row++)
                ids.Add(batch.GetInteger(row, id));
        }

        Assert.Equal(ids.Count, reader.RowsExpected);
        return [.. ids];
    }

    public static async Task AgreesWithTheReferenceAsync(IRowSource source, Dataset dataset, SampleRow[] rows, int iterations)
    {
        await RandomQueries.For(dataset).SampleAsync(
            async query =>
            {
                var ids = await IdsAsync(source, query);

                Assert.Equal(ReferenceQuery.Ids(rows, query), ids);
            },
            iter: iterations,
            threads: 1,
            print: query => $"{(query.Filter is null ? "all" : FilterWords.Describe(query.Filter))}; {string.Join(", ", query.Sort.Select(key => $"{key.Column.Name} {key.Direction}"))}; {query.Offset}, {query.Limit}");
    }

    public static async Task PagesMakeTheWholeAsync(IRowSource source, Dataset dataset)
    {
        var gen = from query in RandomQueries.For(dataset)
                  from size in Gen.Int[1, 60]
                  select (query with { Offset = 0, Limit = null }, size);
        await gen.SampleAsync(
            async sample =>
            {
                var (query, size) = sample;
                var whole = await IdsAsync(source, query);
                var pages = new List<long>();
                for (var offset = 0; offset < whole.Length; offset += size)
                    pages.AddRange(await IdsAsync(source, query with { Offset = offset, Limit = size }));

                Assert.Equal(whole, pages);
            },
            iter: 20,
            threads: 1);
    }

    public static async Task ReadsEveryValueAsync(IRowSource source, Dataset dataset, SampleRow[] rows)
    {
        await using var reader =
            await source.OpenAsync(new RowQuery { Dataset = dataset, Columns = dataset.Columns }, TestContext.Current.CancellationToken);
        var batch = new RowBatch([.. dataset.Columns.Select(column => column.Type)]);

        Assert.True(await reader.ReadAsync(batch, TestContext.Current.CancellationToken));
        Assert.Equal(rows.Length, batch.Count);
        for (var row = 0; row < rows.Length; row++)
            Assert.Equal(rows[row], RowOf(batch, row));

        Assert.False(await reader.ReadAsync(batch, TestContext.Current.CancellationToken));
    }

    private static SampleRow RowOf(RowBatch batch, int row)
    {
        string? Text(int column) => batch.IsNull(row, column) ? null : Encoding.UTF8.GetString(batch.GetText(row, column));
        return new SampleRow(
            batch.GetInteger(row, 0), Text(1), Text(2),
            batch.IsNull(row, 3) ? null : batch.GetInteger(row, 3), batch.IsNull(row, 4) ? null : batch.GetDecimal(row, 4),
            batch.IsNull(row, 5) ? null : batch.GetBoolean(row, 5), batch.IsNull(row, 6) ? null : batch.GetDate(row, 6),
            batch.IsNull(row, 7) ? null : batch.GetTimestamp(row, 7));
    }
}
