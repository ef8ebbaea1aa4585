namespace ExportFunctions.Problems;

/// <summary>Which fields a JSON object may have.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Example">A right object, as JSON.</param>
public sealed record JsonShape(IReadOnlyList<string> Names, string Example)
{
    /// <summary>Other names that fields go by, by their names; these are the ones that messages use.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The names that messages list, where not all fields are for everyone; null for all.</summary>
    public IReadOnlyList<string>? Listed { get; init; }

    /// <summary>Whether a null is a value like any other, and not as if the field were missing.</summary>
    public bool NullIsValue { get; init; }

    /// <summary>The name that messages use for a field.</summary>
    /// <param name="name">The field's name.</param>
    public string PreferredOf(string name) => Aliases.GetValueOrDefault(name, name);

    /// <summary>The field that a name in an object is for; null when there is none.</summary>
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

    /// <summary>What to say of a name that no field goes by; either name of a field may have been meant.</summary>
    /// <param name="given">The name in the object.</param>
    internal string UnknownMessage(string given)
    {
        List<string> listed = [.. (Listed ?? Names).Select(PreferredOf)];
        return FieldMessages.UnknownField(given, listed, Listed is null ? listed.Concat(Names) : listed);
    }
}
