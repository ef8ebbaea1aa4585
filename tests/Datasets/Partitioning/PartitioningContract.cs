using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;

namespace ExportFunctions.Tests.Datasets.Partitioning;

/// <summary>
/// What every cutter must stand, whatever its engine: ranges that hold every record once, in the whole's order, and none twice as large
/// as it should be.
/// </summary>
internal static class PartitioningContract
{
    public static Dataset Of(string table, string? query, params (string Column, ColumnType Type)[] key)
    {
        List<DatasetColumn> columns = [.. key.Select(part => Column(part.Column, part.Type)), Column("n", ColumnType.Integer)];
        return new Dataset
        {
            Name = "cut",
            Title = "Cut",
            Source = "school",
            Table = query is null ? [table] : null,
            Query = query,
            Columns = columns,
            Key = [.. columns.Take(key.Length)],
        };
    }

    /// <summary>Cuts, reads the ranges one after the other, and checks them against the whole.</summary>
    /// <returns>The records of each range.</returns>
    public static async Task<IReadOnlyList<int>> HoldsAsync(IRowSource source, IKeyPartitioner cutter, RowQuery query, RangeSize size)
    {
        var cuts = await cutter.PartitionAsync(query, size, CancellationToken.None);
        var whole = await NumbersAsync(source, query);
        var ranges = new List<int>();
        var joined = new List<long>();
        foreach (var range in cuts.ToRanges())
        {
            var numbers = await NumbersAsync(source, query with { Range = range, IsCounted = false });
            ranges.Add(numbers.Count);
            joined.AddRange(numbers);
        }

        Assert.Equal(whole, joined);
        Assert.Equal(whole, await NumbersInPiecesAsync(source, query));
        return ranges;
    }

    /// <summary>Reads some of the numbers alone, and sees that nobody could go on behind them.</summary>
    public static async Task TellsNoKeyAsync(IRowSource source, Dataset dataset)
    {
        await using var reader =
            await source.OpenAsync(All(dataset) with { Columns = [dataset.Columns[^1]], IsKeyRead = true }, CancellationToken.None);
        var batch = new RowBatch([ColumnType.Integer], capacity: 10);

        Assert.True(await reader.ReadAsync(batch, CancellationToken.None));

        Assert.Equal((10, null), (batch.Count, batch.LastKey));
    }

    public static async Task<List<long>> NumbersAsync(IRowSource source, RowQuery query)
    {
        var numbers = new List<long>();
        await using var reader = await source.OpenAsync(query, CancellationToken.None);
        var batch = new RowBatch([.. query.Columns.Select(column => column.Type)]);
        while (await reader.ReadAsync(batch, CancellationToken.None))
        {
            AddNumbers(numbers, batch);
            Assert.Null(batch.LastKey);
        }

        Assert.Equal(query.IsCounted ? numbers.Count : -1, reader.RowsExpected);
        return numbers;
    }

    public static RowQuery All(Dataset dataset) => new() { Dataset = dataset, Columns = dataset.Columns };

    /// <summary>Reads some batches at a time, each time on behind the last key of the time before.</summary>
    private static async Task<List<long>> NumbersInPiecesAsync(IRowSource source, RowQuery query)
    {
        var numbers = new List<long>();
        var batch = new RowBatch([.. query.Columns.Select(column => column.Type)], capacity: 4_000);
        KeyBoundary? last = null;
        do
        {
            await using var reader = await source.OpenAsync(
                query with { Range = new KeyRange(last, UpTo: null), IsCounted = false, IsKeyRead = true }, CancellationToken.None);
            last = null;
            for (var batches = 0; batches < 3 && await reader.ReadAsync(batch, CancellationToken.None); batches++)
            {
                AddNumbers(numbers, batch);
                last = batch.LastKey;
            }
        }
        while (last is not null);

        return numbers;
    }

    private static void AddNumbers(List<long> numbers, RowBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
            numbers.Add(batch.GetInteger(row, batch.ColumnCount - 1));
    }

    private static DatasetColumn Column(string name, ColumnType type) => new() { Name = name, Title = name, Type = type, SqlName = name };
}
