using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Local.Seeding;

/// <summary>Generates a table's rows ahead of the reader, on a thread of its own.</summary>
internal static class GeneratedRows
{
    private const int BatchesInFlight = 4;

    /// <summary>All rows of a table in order. A batch is valid until the next one is requested.</summary>
    public static async IAsyncEnumerable<RowBatch> ReadAsync(
        SchoolTable table, int students, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var empty = Channel.CreateBounded<RowBatch>(BatchesInFlight);
        var full = Channel.CreateBounded<RowBatch>(BatchesInFlight);
        for (var batch = 0; batch < BatchesInFlight; batch++)
            empty.Writer.TryWrite(table.CreateBatch());

        var making =
            Task.Run(() => MakeAsync(table, table.RowCount(students), empty.Reader, full.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in full.Reader.ReadAllAsync(cancellationToken))
            {
                yield return batch;
                empty.Writer.TryWrite(batch);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await making;
        }
    }

    /// <summary>Never throws: a fault reaches the reader through the channel.</summary>
    private static async Task MakeAsync(
        SchoolTable table, long rows, ChannelReader<RowBatch> empty, ChannelWriter<RowBatch> full, CancellationToken cancellationToken)
    {
        Exception? fault = null;
        try
        {
            for (var row = 0L; row < rows;)
            {
                var batch = await empty.ReadAsync(cancellationToken);
                batch.Clear();
                while (row < rows && !batch.IsFull)
                    table.AddRow(batch, row++);

                await full.WriteAsync(batch, cancellationToken);
            }
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        full.Complete(fault);
    }
}
