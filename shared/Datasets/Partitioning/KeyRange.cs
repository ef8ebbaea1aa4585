namespace ExportFunctions.Datasets.Partitioning;

/// <summary>A range of a dataset's key, in ascending key order: after one boundary, up to and including another.</summary>
/// <param name="After">Where it begins, exclusive; null at the first record.</param>
/// <param name="UpTo">Where it ends, inclusive; null at the last record.</param>
public sealed record KeyRange(KeyBoundary? After, KeyBoundary? UpTo);

/// <summary>A key: a value for each of the key's columns, as read from the database.</summary>
/// <param name="Values">The values, in the order of the key's columns.</param>
public sealed record KeyBoundary(IReadOnlyList<KeyValue> Values)
{
    /// <summary>True when the values are equal.</summary>
    /// <param name="other">The other key.</param>
    public bool Equals(KeyBoundary? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Aggregate(0, HashCode.Combine);
}

/// <summary>A value of a key.</summary>
/// <param name="Kind">How the database stores it.</param>
/// <param name="Text">The value as the database writes it: it can be read back exactly.</param>
public sealed record KeyValue(KeyValueKind Kind, string Text);

/// <summary>How a database stores a value, where that does not follow from the column.</summary>
public enum KeyValueKind
{
    /// <summary>As its column declares.</summary>
    OfColumn,

    /// <summary>An integer, in a database with dynamic types.</summary>
    Integer,

    /// <summary>A floating-point number, in a database with dynamic types.</summary>
    Real,

    /// <summary>A text, in a database with dynamic types.</summary>
    Text,
}
