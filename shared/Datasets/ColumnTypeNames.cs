namespace ExportFunctions.Datasets;

/// <summary>The names of column types in the datasets file, in problems and in the API.</summary>
public static class ColumnTypeNames
{
    /// <summary>Every name, in the order of <see cref="ColumnType"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<ColumnType>().Select(NameOf)];

    /// <summary>The name of a type.</summary>
    /// <param name="type">The type.</param>
    public static string NameOf(ColumnType type) => type switch
    {
        ColumnType.Text => "text",
        ColumnType.Identifier => "identifier",
        ColumnType.Integer => "integer",
        ColumnType.Decimal => "decimal",
        ColumnType.Boolean => "boolean",
        ColumnType.Date => "date",
        ColumnType.Timestamp => "timestamp",
        ColumnType.LocalTimestamp => "localTimestamp",
        ColumnType.Time => "time",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The type with a name, ordinal and case-sensitive; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public static ColumnType? Find(string name)
    {
        foreach (var type in Enum.GetValues<ColumnType>())
        {
            if (string.Equals(NameOf(type), name, StringComparison.Ordinal))
                return type;
        }

        return null;
    }
}
