using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;

namespace ExportFunctions.Tests.Datasets.Rows;

public sealed class ReadAheadRowsTests
{
    [Fact]
    public async Task NextAsync_GivesEveryRowInOrder_AndReusesItsBatches()
    {
        var reader = new CountingReader(batches: 100);
        await using var rows = new ReadAheadRows(reader, [ColumnType.Integer]);
        var batches = new HashSet<RowBatch>(ReferenceEqualityComparer.Instance);
        var values = new List<long>();

        while (await rows.NextAsync(CancellationToken.None) is { } batch)
        {
            batches.Add(batch);
            values.Add(batch.GetInteger(0, 0));
            rows.Return(batch);
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), values);
        Assert.InRange(batches.Count, 1, 3);
    }

    [Fact]
    public async Task NextAsync_ReadsNoFurther_WhenTheWriterIsSlow()
    {
        var reader = new CountingReader(batches: 100);
        await using var rows = new ReadAheadRows(reader, [ColumnType.Integer]);

        await reader.WaitForAsync(calls: 3);
        var first = await rows.NextAsync(CancellationToken.None);
        rows.Return(first!);
        await reader.WaitForAsync(calls: 4);

        Assert.Equal(4, reader.Calls);
    }

    [Fact]
    public async Task NextAsync_DoesNotBlock_WhenTheReaderDoes()
    {
        using var gate = new ManualResetEventSlim();
        var reader = new CountingReader(batches: 1) { Gate = gate };
        await using var rows = new ReadAheadRows(reader, [ColumnType.Integer]);

        var next = rows.NextAsync(CancellationToken.None).AsTask();
        var waited = next.IsCompleted;
        gate.Set();

        Assert.False(waited);
        Assert.NotNull(await next);
    }

    [Fact]
    public async Task NextAsync_ThrowsTheReadersFault_AfterTheRowsBeforeIt()
    {
        var fault = new InvalidDataException("broken");
        await using var rows = new ReadAheadRows(new CountingReader(batches: 2) { Fault = fault }, [ColumnType.Integer]);

        rows.Return((await rows.NextAsync(CancellationToken.None))!);
        rows.Return((await rows.NextAsync(CancellationToken.None))!);
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(async () => await rows.NextAsync(CancellationToken.None));

        Assert.Same(fault, thrown);
    }

    [Fact]
    public async Task NextAsync_Ends_WhenItsTokenIsCanceled()
    {
        await using var rows = new ReadAheadRows(new CountingReader(batches: 1) { WaitsForCancel = true }, [ColumnType.Integer]);
        using var canceling = new CancellationTokenSource();

        var next = rows.NextAsync(canceling.Token).AsTask();
        await canceling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task DisposeAsync_CancelsTheReaderAndWaitsForIt_WhenNobodyReadsToTheEnd()
    {
        var reader = new CountingReader(batches: 1) { WaitsForCancel = true };
        var rows = new ReadAheadRows(reader, [ColumnType.Integer]);
        await reader.WaitForAsync(calls: 1);

        await rows.DisposeAsync();

        Assert.True(reader.HasEnded);
    }

    private sealed class CountingReader(int batches) : IRowReader
    {
        private readonly SemaphoreSlim _called = new(0);
        private int _awaited;

        public int Calls { get; private set; }

        public Exception? Fault { get; init; }

        public ManualResetEventSlim? Gate { get; init; }

        public bool WaitsForCancel { get; init; }

        public bool HasEnded { get; private set; }

        public long RowsExpected => batches;

        public async Task WaitForAsync(int calls)
        {
            for (; _awaited < calls; _awaited++)
                await _called.WaitAsync(TestContext.Current.CancellationToken);
        }

        public async ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancellationToken)
        {
            var call = Calls++;
            _called.Release();
            Gate?.Wait(cancellationToken);
            try
            {
                if (WaitsForCancel)
                    await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                HasEnded = true;
            }

            batch.Clear();
            if (call >= batches)
                return Fault is null ? false : throw Fault;

            batch.AddRow();
            batch.SetInteger(0, call);
            return true;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
