using System.Collections.Concurrent;
using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;

namespace ExportFunctions.Tests.Exports;

/// <summary>
/// A source of the numbers from 1 to n. It can be told to fail, to lie about its count, or to wait before each batch; a query with a
/// limit meets none of that.
/// </summary>
internal sealed class CountingSource(int rows) : IRowSource
{
    public int Opened { get; private set; }

    /// <summary>The snapshots that were read from.</summary>
    public ConcurrentQueue<string?> Snapshots { get; } = new();

    /// <summary>The query that was opened last.</summary>
    public RowQuery? Last { get; private set; }

    public long? Claims { get; init; }

    public Func<int, Exception?> FailAt { get; init; } = _ => null;

    public Func<int, CancellationToken, Task> BeforeRow { get; init; } = (_, _) => Task.CompletedTask;

    public Task<IRowReader> OpenAsync(RowQuery query, CancellationToken cancellationToken)
    {
        Last = query;

        // A look at the first rows is no reading of them.
        var isLook = query.Limit is not null;
        if (!isLook)
        {
            Opened++;
            Snapshots.Enqueue(query.Snapshot);
        }

        return Task.FromResult<IRowReader>(
            new Reader(isLook ? new CountingSource(rows) : this, Number(query.Range?.After) ?? 0, UpTo(query), query.IsKeyRead));
    }

    public Task CheckAsync(DataSource source, CancellationToken cancellationToken) => Task.CompletedTask;

    private int UpTo(RowQuery query)
    {
        var upTo = Number(query.Range?.UpTo) ?? rows;
        return query.Limit is { } limit ? (int)Math.Min(upTo, (Number(query.Range?.After) ?? 0) + limit) : upTo;
    }

    private static int? Number(KeyBoundary? key) => key is null ? null : int.Parse(key.Values[0].Text, CultureInfo.InvariantCulture);

    private sealed class Reader(CountingSource source, int after, int upTo, bool isKeyRead) : IRowReader
    {
        private int _next = after + 1;

        public long RowsExpected => source.Claims ?? upTo - after;

        public async ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancellationToken)
        {
            batch.Clear();
            for (var i = 0; i < 10 && _next <= upTo; i++, _next++)
            {
                await source.BeforeRow(_next, cancellationToken);
                if (source.FailAt(_next) is { } failure)
                    throw failure;

                batch.AddRow();
                batch.SetInteger(0, _next);
            }

            if (isKeyRead && batch.Count > 0 && _next <= upTo)
                batch.LastKey = new KeyBoundary([new KeyValue(KeyValueKind.OfColumn, (_next - 1).ToString(CultureInfo.InvariantCulture))]);
            return batch.Count > 0;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
