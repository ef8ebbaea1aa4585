using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Formats;

namespace ExportFunctions.Exports.Attempts;

/// <summary>Moves rows from a source to a writer, reading ahead while earlier rows are written.</summary>
internal static class RowPump
{
    /// <summary>Moves all rows, or as many as time allows.</summary>
    /// <param name="rows">The source.</param>
    /// <param name="writer">The writer.</param>
    /// <param name="flaws">Receives what could not be read as is, for the rows that were written.</param>
    /// <param name="columns">The columns of both.</param>
    /// <param name="times">Receives how the time was spent.</param>
    /// <param name="report">Receives the number of rows so far.</param>
    /// <param name="isOver">Whether the time is up; checked where another query could continue.</param>
    /// <returns>The number of rows, and the key of the last one if the time ran out; null when all rows were moved.</returns>
    public static async Task<(long Rows, KeyBoundary? StoppedAfter)> RunAsync(
        IRowReader rows,
        IRowWriter writer,
        RowFlawTally flaws,
        IReadOnlyList<DatasetColumn> columns,
        AttemptTimes times,
        Action<long> report,
        Func<bool> isOver,
        CancellationToken cancellationToken)
    {
        await using var ahead = new ReadAheadRows(rows, [.. columns.Select(column => column.Type)]);
        var written = 0L;
        var at = times.Begin();
        while (true)
        {
            var batch = await ahead.NextAsync(cancellationToken);
            at = times.Source(at);
            if (batch is null)
                return (written, null);

            await writer.WriteAsync(batch, cancellationToken);
            written += batch.Count;
            flaws.Add(batch);
            report(written);
            at = times.Writer(at);
            if (batch.LastKey is { } key && isOver())
                return (written, key);

            ahead.Return(batch);
        }
    }
}
