namespace ExportFunctions.Datasets;

/// <summary>The database engines a source can be.</summary>
public enum SourceProvider
{
    /// <summary>A SQLite file.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database.</summary>
    Postgres,
}

/// <summary>A named connection that datasets read from.</summary>
/// <param name="Name">The name datasets refer to.</param>
/// <param name="Provider">The database engine.</param>
/// <param name="ConnectionString">The ADO.NET connection string, settings resolved. Never logged.</param>
public sealed record DataSource(string Name, SourceProvider Provider, string ConnectionString)
{
    /// <summary>The name and provider; the connection string stays out of logs.</summary>
    public override string ToString() => $"{Name} ({Provider})";
}
