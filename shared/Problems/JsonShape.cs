namespace ExportFunctions.Problems;

/// <summary>Which fields a JSON object may have.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Example">A valid object, as JSON.</param>
public sealed record JsonShape(IReadOnlyList<string> Names, string Example)
{
    /// <summary>Aliases of fields, by field name; messages use the alias.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The names that messages list, when some fields are not open to every caller; null for all.</summary>
    public IReadOnlyList<string>? Listed { get; init; }

    /// <summary>Whether a null is a value of its own rather than a missing field.</summary>
    public bool NullIsValue { get; init; }

    /// <summary>The name that messages use for a field.</summary>
    /// <param name="name">The field's name.</param>
    public string PreferredOf(string name) => Aliases.GetValueOrDefault(name, name);

    /// <summary>The field that a name in an object refers to; null when there is none.</summary>
    /// <param name="given">The name in the object.</param>
    internal string? Find(string given)
    {
        foreach (var (name, alias) in Aliases)
        {
            if (string.Equals(alias, given, StringComparison.Ordinal))
                return name;
        }

        return Names.FirstOrDefault(name => string.Equals(name, given, StringComparison.Ordinal));
    }

    /// <summary>The message for an unknown field; both names of a field are considered for the suggestion.</summary>
    /// <param name="given">The name in the object.</param>
    internal string UnknownMessage(string given)
    {
        List<string> listed = [.. (Listed ?? Names).Select(PreferredOf)];
        return FieldMessages.UnknownField(given, listed, Listed is null ? listed.Concat(Names) : listed);
    }
}
