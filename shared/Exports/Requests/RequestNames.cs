namespace ExportFunctions.Exports.Requests;

/// <summary>The accepted names of a request's fields.</summary>
public sealed class RequestNames
{
    private readonly (string Standard, string Alias)[] _aliases;

    private RequestNames(params (string Standard, string Alias)[] aliases) => _aliases = aliases;

    /// <summary>The names in this API.</summary>
    public static RequestNames Standard { get; } = new();

    /// <summary>The same, plus the names of the system this one replaces: <c>entity</c>, <c>export_format</c>, <c>file_name</c>.</summary>
    public static RequestNames ImportExport { get; } =
        new(("dataset", "entity"), ("format", "export_format"), ("fileName", "file_name")) { TakesUpperCaseFrequency = true };

    /// <summary>Whether a schedule's frequency may be in upper case, as the earlier system's clients write it: <c>DAILY</c>.</summary>
    public bool TakesUpperCaseFrequency { get; private init; }

    /// <summary>The standard name of a field; the given name when there is no other.</summary>
    /// <param name="name">The name in a body.</param>
    public string StandardOf(string name)
    {
        foreach (var (standard, alias) in _aliases)
        {
            if (string.Equals(alias, name, StringComparison.Ordinal))
                return standard;
        }

        return name;
    }

    /// <summary>The name to use in messages.</summary>
    /// <param name="standard">The standard name.</param>
    public string Preferred(string standard)
    {
        foreach (var (candidate, alias) in _aliases)
        {
            if (string.Equals(candidate, standard, StringComparison.Ordinal))
                return alias;
        }

        return standard;
    }

    /// <summary>The earlier names by standard name.</summary>
    internal IReadOnlyDictionary<string, string> Aliases =>
        _aliases.ToDictionary(pair => pair.Standard, pair => pair.Alias, StringComparer.Ordinal);
}
