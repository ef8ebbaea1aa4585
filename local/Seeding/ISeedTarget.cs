using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Local.Seeding;

/// <summary>
/// A database to be filled. Nothing is visible before <see cref="CompleteAsync"/>; disposal without it leaves the database unchanged.
/// </summary>
internal interface ISeedTarget : IAsyncDisposable
{
    /// <summary>The display name of the target; without passwords.</summary>
    string Name { get; }

    /// <summary>The stamp of the school it contains now; null when there is none.</summary>
    Task<SchoolStamp?> ReadStampAsync(CancellationToken cancellationToken);

    /// <summary>Prepares for writing.</summary>
    /// <exception cref="SeedFailedException">There is existing data that must not be replaced without consent.</exception>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Creates a table; the next batches are written to it.</summary>
    Task BeginTableAsync(SchoolTable table, CancellationToken cancellationToken);

    /// <summary>Writes a batch of the table's rows.</summary>
    ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken);

    /// <summary>Completes the table.</summary>
    Task EndTableAsync(CancellationToken cancellationToken);

    /// <summary>Stores the stamp and makes everything visible at once.</summary>
    Task CompleteAsync(SchoolStamp stamp, CancellationToken cancellationToken);

    /// <summary>Explains a database fault in one sentence and how to fix it; null when the fault is not the database's.</summary>
    string? Explain(Exception exception);
}
