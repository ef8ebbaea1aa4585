namespace ExportFunctions.Problems;

/// <content>Values from a fixed set of names.</content>
public sealed partial class JsonFields
{
    /// <summary>One of a set of names; null when missing or invalid.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="names">The valid names.</param>
    /// <param name="find">Maps a text to its name; null to use the text as it is.</param>
    /// <param name="hint">An additional sentence for the error message; empty for none.</param>
    public string? OneOf(string name, IReadOnlyCollection<string> names, Func<string, string?>? find = null, string hint = "")
    {
        if (Given(name) is not { } value)
            return null;

        var text = TextOf(value);
        if (text is not null && (find is null ? text : find(text)) is { } found && names.Contains(found, StringComparer.Ordinal))
            return found;

        Fail(name, hint.Length == 0 ? FieldMessages.NotOneOf(text, names) : $"{FieldMessages.NotOneOf(text, names)} {hint}");
        return null;
    }

    /// <summary>An enumeration value; null when missing or invalid.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="nameOf">What the values are called.</param>
    public T? OneOf<T>(string name, Func<T, string> nameOf)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        return OneOf(name, [.. values.Select(nameOf)]) is { } found
            ? Array.Find(values, value => string.Equals(nameOf(value), found, StringComparison.Ordinal))
            : null;
    }

    /// <summary>A required enumeration value; null when invalid.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="nameOf">What the values are called.</param>
    /// <param name="example">One of them.</param>
    public T? RequiredOneOf<T>(string name, Func<T, string> nameOf, T example)
        where T : struct, Enum =>
        Required(name, FieldMessages.OneOf([.. Enum.GetValues<T>().Select(nameOf)], nameOf(example))) is null ? null : OneOf(name, nameOf);
}
