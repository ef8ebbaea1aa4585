using ExportFunctions.Local.Seeding;

namespace ExportFunctions.Bench.Stages;

/// <summary>
/// Fills a database with the sample school's students, as many as asked for, and leaves its grades empty: ten a student would take most
/// of the time.
/// </summary>
internal static class StudentsSeed
{
    /// <summary>The nine columns that benchmarks read, by their names in requests.</summary>
    public static readonly string[] Columns =
        ["id", "studentNumber", "firstName", "lastName", "email", "birthDate", "year", "balance", "isActive"];

    private const string SqlColumns = "id, student_number, first_name, last_name, email, birth_date, year, balance, is_active";

    /// <summary>The statement that reads them in the order that exports have.</summary>
    /// <param name="table">The table.</param>
    /// <param name="limit">The most rows; null reads all.</param>
    public static string Sql(string table, long? limit = null) =>
        $"SELECT {SqlColumns} FROM {table} ORDER BY id" + (limit is { } rows ? FormattableString.Invariant($" LIMIT {rows}") : "");

    public static async Task FillAsync(ISeedTarget target, int students, CancellationToken cancellationToken)
    {
        await target.BeginAsync(cancellationToken);
        foreach (var table in SchoolTable.All)
        {
            await target.BeginTableAsync(table, cancellationToken);
            if (table is not GradesTable)
            {
                await foreach (var batch in GeneratedRows.ReadAsync(table, students, cancellationToken))
                    await target.WriteAsync(batch, cancellationToken);
            }

            await target.EndTableAsync(cancellationToken);
        }

        await target.CompleteAsync(SchoolStamp.Of(students), cancellationToken);
    }
}
