namespace ExportFunctions.Local.Seeding;

/// <summary>Fills a database with the sample school: one thread generates rows while another writes them.</summary>
internal static class SchoolSeeder
{
    /// <summary>The maximum number of students; student numbers have eight digits.</summary>
    public const int MaxStudents = 10_000_000;

    /// <summary>Generates the school. On failure or cancellation, the target is unchanged once it is disposed.</summary>
    /// <param name="target">The target; the caller disposes it.</param>
    /// <param name="students">The number of students, from 1 to <see cref="MaxStudents"/>.</param>
    /// <param name="progress">Receives progress for every batch, in order; null for none.</param>
    /// <param name="cancellationToken">Stops with the next batch.</param>
    /// <exception cref="SeedFailedException">The database refused; the message says why and what to do.</exception>
    public static async Task SeedAsync(
        ISeedTarget target, int students, IProgress<SeedProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(students, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(students, MaxStudents);

        await ExplainedAsync(target, () => WriteAsync(target, students, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Whether the target contains the rows that would be generated now.</summary>
    /// <param name="target">The target.</param>
    /// <param name="students">The number of students.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <exception cref="SeedFailedException">The database refused; the message says why and what to do.</exception>
    public static async Task<bool> IsCurrentAsync(ISeedTarget target, int students, CancellationToken cancellationToken)
    {
        SchoolStamp? stamp = null;
        await ExplainedAsync(target, async () => stamp = await target.ReadStampAsync(cancellationToken), cancellationToken);
        return stamp == SchoolStamp.Of(students);
    }

    private static async Task ExplainedAsync(ISeedTarget target, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (target.Explain(exception) is { } reason)
        {
            // A driver may report a cancellation as a database fault.
            cancellationToken.ThrowIfCancellationRequested();
            throw new SeedFailedException(reason, exception);
        }
    }

    private static async Task WriteAsync(
        ISeedTarget target, int students, IProgress<SeedProgress>? progress, CancellationToken cancellationToken)
    {
        var total = SchoolTable.All.Sum(table => table.RowCount(students));
        var done = 0L;

        await target.BeginAsync(cancellationToken);
        foreach (var table in SchoolTable.All)
        {
            await target.BeginTableAsync(table, cancellationToken);
            await foreach (var batch in GeneratedRows.ReadAsync(table, students, cancellationToken))
            {
                await target.WriteAsync(batch, cancellationToken);
                progress?.Report(new SeedProgress(table.Name, done += batch.Count, total));
            }

            await target.EndTableAsync(cancellationToken);
        }

        progress?.Report(new SeedProgress("finishing", done, total));
        await target.CompleteAsync(SchoolStamp.Of(students), cancellationToken);
    }
}
