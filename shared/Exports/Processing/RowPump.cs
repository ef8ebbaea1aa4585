using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Sources;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Formats;

namespace ExportFunctions.Exports.Processing;

/// <summary>Moves rows from a source to a writer: rows are read ahead while the rows before are written.</summary>
internal static class RowPump
{
    /// <summary>Moves them all.</summary>
    /// <returns>The number of rows.</returns>
    public static async Task<long> RunAsync(
        IRowReader rows, IRowWriter writer, IReadOnlyList<DatasetColumn> columns, AttemptTimes times, Action<long> report, CancellationToken cancellationToken)
    {
        await using var ahead = new ReadAheadRows(rows, [.. columns.Select(column => column.Type)]);
        var written = 0L;
        var at = times.Begin();
        while (true)
        {
            var batch = await ahead.NextAsync(cancellationToken);
            at = times.Source(at);
            if (batch is null)
                return written;

            await writer.WriteAsync(batch, cancellationToken);
            written += batch.Count;
            report(written);
            ahead.Return(batch);
            at = times.Writer(at);
        }
    }
}
