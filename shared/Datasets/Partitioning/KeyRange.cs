namespace ExportFunctions.Datasets.Partitioning;

/// <summary>A range of a dataset's key, in ascending key order: after one boundary, up to and with another.</summary>
/// <param name="After">Where it begins, exclusive; null at the first record.</param>
/// <param name="UpTo">Where it ends, inclusive; null at the last record.</param>
public sealed record KeyRange(KeyBoundary? After, KeyBoundary? UpTo);

/// <summary>A key: a value for each of the key's columns, as the database gave it.</summary>
/// <param name="Values">The values, in the order of the key's columns.</param>
public sealed record KeyBoundary(IReadOnlyList<KeyValue> Values)
{
    /// <summary>True when the values are the same.</summary>
    /// <param name="other">The other key.</param>
    public bool Equals(KeyBoundary? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Aggregate(0, HashCode.Combine);
}

/// <summary>A value of a key.</summary>
/// <param name="Kind">How the database holds it.</param>
/// <param name="Text">The value as the database writes it: read back, it is the same value.</param>
public sealed record KeyValue(KeyValueKind Kind, string Text);

/// <summary>How a database holds a value, as far as that isn't a matter of the column.</summary>
public enum KeyValueKind
{
    /// <summary>As its column says.</summary>
    OfColumn,

    /// <summary>A whole number, in a database whose columns hold anything.</summary>
    Integer,

    /// <summary>A floating-point number, in a database whose columns hold anything.</summary>
    Real,

    /// <summary>A text, in a database whose columns hold anything.</summary>
    Text,
}
