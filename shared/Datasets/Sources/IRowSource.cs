using ExportFunctions.Datasets.Rows;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Opens streams of rows from one kind of database. The seam between datasets and database engines.</summary>
public interface IRowSource
{
    /// <summary>Counts the records of a query and opens a stream over the same records, in one consistent view of the database.</summary>
    /// <param name="query">What to read.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>The stream; the caller disposes it.</returns>
    /// <exception cref="ExportFailureException">
    /// The query can't run: permanent (a column is missing) or transient (the database is unavailable).
    /// </exception>
    Task<IRowReader> OpenAsync(RowQuery query, CancellationToken cancellationToken);

    /// <summary>Checks that a source can be reached, for the health endpoint.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="ExportFailureException">It can't be reached.</exception>
    Task CheckAsync(DataSource source, CancellationToken cancellationToken);
}

/// <summary>A forward-only stream of rows in batches.</summary>
public interface IRowReader : IAsyncDisposable
{
    /// <summary>
    /// The number of records the query selects, after offset and limit, counted in the same snapshot that is read; -1 when they were not
    /// counted.
    /// </summary>
    long RowsExpected { get; }

    /// <summary>Clears the batch and fills it with the next rows, and with the last one's key if the query asks for it.</summary>
    /// <param name="batch">A batch of the query's column types.</param>
    /// <param name="cancellationToken">Stops the reading, at the latest with the next batch.</param>
    /// <returns>False when there are no more rows; the batch is empty then.</returns>
    /// <exception cref="ExportFailureException">
    /// A value doesn't fit its declared type (permanent), or the database became unavailable (transient).
    /// </exception>
    ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancellationToken);
}
