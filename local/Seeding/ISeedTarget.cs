using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Local.Seeding;

/// <summary>
/// A database to be filled. Nothing shows before <see cref="CompleteAsync"/>; disposing without it leaves things as they were.
/// </summary>
internal interface ISeedTarget : IAsyncDisposable
{
    /// <summary>What people call the target; without passwords.</summary>
    string Name { get; }

    /// <summary>What the target holds now; null when it holds no school.</summary>
    Task<SchoolStamp?> ReadStampAsync(CancellationToken cancellationToken);

    /// <summary>Gets ready to write.</summary>
    /// <exception cref="SeedFailedException">There is something in the way that must not be replaced unasked.</exception>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Creates a table, which the next batches go to.</summary>
    Task BeginTableAsync(SchoolTable table, CancellationToken cancellationToken);

    /// <summary>Writes a batch of the table's rows.</summary>
    ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken);

    /// <summary>Ends the table.</summary>
    Task EndTableAsync(CancellationToken cancellationToken);

    /// <summary>Stores the stamp and makes everything visible at once.</summary>
    Task CompleteAsync(SchoolStamp stamp, CancellationToken cancellationToken);

    /// <summary>
    /// Says in one sentence what a fault of the database means and what to do; null when the fault is not the database's.
    /// </summary>
    string? Explain(Exception exception);
}
