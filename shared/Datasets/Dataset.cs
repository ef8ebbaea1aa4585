namespace ExportFunctions.Datasets;

/// <summary>A named set of records that can be exported: a table, view or query of one source, with declared columns.</summary>
public sealed record Dataset
{
    /// <summary>The name that requests use: letters, digits, underscores and hyphens, at most 64 characters, unique in the file.</summary>
    public required string Name { get; init; }

    /// <summary>The title that people read, in file titles and sheet names.</summary>
    public required string Title { get; init; }

    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// The table or view, as identifier parts (<c>school.students</c> is two parts); null when <see cref="Query"/> is set.
    /// </summary>
    public IReadOnlyList<string>? Table { get; init; }

    /// <summary>A select statement written by the administrator; null when <see cref="Table"/> is set.</summary>
    public string? Query { get; init; }

    /// <summary>The full path of the dataset's logo, a PNG file; null for none of its own.</summary>
    public string? Logo { get; init; }

    /// <summary>The columns that identify a record; every sort ends with them. At least one.</summary>
    public required IReadOnlyList<DatasetColumn> Key { get; init; }

    /// <summary>The columns in their default order: from one to as many as the engine can return in one query.</summary>
    public required IReadOnlyList<DatasetColumn> Columns { get; init; }

    /// <summary>Finds a column by its request name (ordinal, case-sensitive); null when there is none.</summary>
    /// <param name="name">The column's name.</param>
    public DatasetColumn? FindColumn(string name)
    {
        foreach (var column in Columns)
        {
            if (string.Equals(column.Name, name, StringComparison.Ordinal))
                return column;
        }

        return null;
    }
}
