using System.Text.Json;
using ExportFunctions.Problems;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace ExportFunctions.Datasets.Definitions;

/// <summary>Reads one source of the datasets file: <c>{ "provider": "sqlite", "connectionString": "…" }</c>.</summary>
internal static class SourceDefinition
{
    private static readonly string[] Providers = ["sqlite", "postgres"];

    /// <summary>Reads a source; null when it has errors.</summary>
    /// <param name="name">The source's name.</param>
    /// <param name="element">Its definition.</param>
    /// <param name="folder">The datasets file's folder, which relative SQLite paths are based on.</param>
    /// <param name="configuration">Where <c>%SETTING%</c> is looked up.</param>
    /// <param name="faults">Receives the errors; never a connection string.</param>
    public static DataSource? Read(string name, JsonElement element, string folder, IConfiguration configuration, List<string> faults)
    {
        var definition = DefinitionObject.From(element, $"source '{name}'", faults);
        if (definition is null)
            return null;

        definition.Allow("provider", "connectionString");
        var checkedName = DefinitionNames.Check(definition, name);
        var provider = ReadProvider(definition);
        var text = definition.RequiredText("connectionString", "a connection string");
        if (text is null)
            return null;

        var missing = new List<string>();
        var resolved = SettingReferences.Resolve(text, configuration, missing);
        foreach (var setting in missing)
            definition.Fault(
                "connectionString",
                $"refers to the setting '{setting}', which has no value; set it in the app settings or the environment.");

        if (checkedName is null || provider is null || missing.Count > 0)
            return null;

        var connectionString = provider == SourceProvider.Sqlite ? Sqlite(definition, resolved, folder) : Postgres(definition, resolved);
        return connectionString is null ? null : new DataSource(checkedName, provider.Value, connectionString);
    }

    private static SourceProvider? ReadProvider(DefinitionObject definition)
    {
        var provider = definition.RequiredText("provider", "sqlite or postgres");
        switch (provider)
        {
            case "sqlite":
                return SourceProvider.Sqlite;
            case "postgres":
                return SourceProvider.Postgres;
            case not null:
                definition.Fault(
                    "provider",
                    $"\"{provider}\" is not a provider{NearestName.Suggest(provider, Providers)} Known are sqlite and postgres.");
                return null;
            default:
                return null;
        }
    }

    private static string? Sqlite(DefinitionObject definition, string connectionString, string folder)
    {
        try
        {
            var builder = new SqliteConnectionStringBuilder(connectionString);
            if (string.IsNullOrWhiteSpace(builder.DataSource))
            {
                definition.Fault("connectionString", "must name the database file: Data Source=school.db");
                return null;
            }

            if (IsFile(builder))
                builder.DataSource = Path.GetFullPath(Path.Combine(folder, builder.DataSource));

            // ReadWriteCreate is the provider's default; an export never writes, and must not create an empty database by mistake.
            if (builder.Mode == SqliteOpenMode.ReadWriteCreate)
                builder.Mode = SqliteOpenMode.ReadOnly;

            return builder.ConnectionString;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            definition.Fault("connectionString", "is not a SQLite connection string such as: Data Source=school.db;Mode=ReadOnly");
            return null;
        }
    }

    private static bool IsFile(SqliteConnectionStringBuilder builder) =>
        builder.Mode != SqliteOpenMode.Memory
        && !builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        && !builder.DataSource.StartsWith('|')
        && !builder.DataSource.Equals(":memory:", StringComparison.Ordinal);

    private static string? Postgres(DefinitionObject definition, string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            if (!string.IsNullOrWhiteSpace(builder.Host))
                return builder.ConnectionString;

            definition.Fault("connectionString", "must name the server: Host=localhost;Database=school;Username=reader");
            return null;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            definition.Fault(
                "connectionString",
                "is not a PostgreSQL connection string such as: Host=localhost;Database=school;Username=reader;Password=%SchoolPassword%");
            return null;
        }
    }
}
