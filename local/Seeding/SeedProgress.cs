namespace ExportFunctions.Local.Seeding;

/// <summary>The progress of seeding.</summary>
/// <param name="Phase">The current step: a table's name, or "finishing".</param>
/// <param name="RowsDone">Rows written, over all tables.</param>
/// <param name="RowsTotal">Rows to write, over all tables.</param>
internal readonly record struct SeedProgress(string Phase, long RowsDone, long RowsTotal);
