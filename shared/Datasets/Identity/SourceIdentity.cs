using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ExportFunctions.Datasets.Identity;

/// <summary>
/// What identifies a source: the engine and where the data is. Who reads it and how (user, password, timeouts, pooling, encryption) is
/// excluded: a new password does not make another source.
/// </summary>
internal static partial class SourceIdentity
{
    private static readonly string[] Loopback = ["127.0.0.1", "::1", "[::1]"];

    /// <summary>The canonical text of a source. It holds no secret, but is hashed all the same.</summary>
    public static string CanonicalText(DataSource source) => source.Provider switch
    {
        SourceProvider.Sqlite => $"sqlite\n{FileOf(source)}",
        SourceProvider.Postgres => PostgresText(new NpgsqlConnectionStringBuilder(source.ConnectionString)),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source.Provider, message: null),
    };

    /// <summary>
    /// A source for display: <c>postgres db.example.org/registry</c>, or <c>sqlite data/school.db</c> with the last folder of its path.
    /// </summary>
    public static string InWords(DataSource source)
    {
        if (source.Provider == SourceProvider.Sqlite)
        {
            var parts = FileOf(source).Split('/', '\\');
            return $"sqlite {string.Join('/', parts.TakeLast(2).Where(part => part.Length > 0))}";
        }

        var builder = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return $"postgres {builder.Host}/{DatabaseOf(builder)}";
    }

    private static string FileOf(DataSource source)
    {
        var path = new SqliteConnectionStringBuilder(source.ConnectionString).DataSource;
        if (path.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            path = path["file:".Length..].Split('?')[0];
        return OperatingSystem.IsWindows() ? path.ToUpperInvariant() : path;
    }

    private static string PostgresText(NpgsqlConnectionStringBuilder builder)
    {
        var servers = (builder.Host ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(host => ServerOf(host, builder.Port)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return $"postgres\n{string.Join(',', servers)}\n{DatabaseOf(builder)}\n{SearchPathOf(builder)}";
    }

    // As the driver does: the database defaults to the user's name.
    private static string DatabaseOf(NpgsqlConnectionStringBuilder builder) =>
        builder.Database is { Length: > 0 } database ? database : builder.Username ?? "";

    /// <summary>The schemas that a bare table name is resolved in: the same name in another schema is another table.</summary>
    private static string SearchPathOf(NpgsqlConnectionStringBuilder builder)
    {
        var option = SearchPathOption().Match(builder.Options ?? "").Groups["path"].Value;
        var path = builder.SearchPath is { Length: > 0 } given ? given : option;
        return path.Replace(" ", "", StringComparison.Ordinal);
    }

    private static string ServerOf(string host, int port)
    {
        // Sockets are files; host names are case-insensitive.
        if (host.StartsWith('/') || host.StartsWith('@'))
            return string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

        var colon = host.LastIndexOf(':');
        var hasPort = colon > 0 && (host.IndexOf(':', StringComparison.Ordinal) == colon || host[colon - 1] == ']');
        var name = (hasPort ? host[..colon] : host).ToLowerInvariant().TrimEnd('.');
        var place = hasPort ? host[(colon + 1)..] : port.ToString(CultureInfo.InvariantCulture);
        return $"{(Loopback.Contains(name, StringComparer.Ordinal) ? "localhost" : name)}:{place}";
    }

    [GeneratedRegex(@"(-c\s*|--)search_path=(?<path>(\\.|\S)+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SearchPathOption();
}
