namespace ExportFunctions.Compression.Fields;

/// <summary>What a writer says about its rows in advance; only hints.</summary>
internal sealed class FieldShape
{
    /// <summary>Describes rows.</summary>
    /// <param name="columns">The number of columns whose values are recorded.</param>
    /// <param name="hasEnds">
    /// Whether each value is followed by something that counts up, such as the next cell's reference, so that a value's end is worth
    /// checking as well.
    /// </param>
    /// <param name="alike">
    /// For each column, the nearest earlier one whose values start with the same bytes; -1 for none. Empty: no column has one.
    /// </param>
    public FieldShape(int columns, bool hasEnds = false, IReadOnlyList<int>? alike = null)
    {
        Columns = Math.Min(columns, FieldPlace.MaxColumns);
        HasEnds = hasEnds;
        Alike = [.. Enumerable.Range(0, Columns).Select(column => alike is { Count: > 0 } && alike[column] < column ? alike[column] : -1)];
        var groups = new int[Columns];
        for (var column = 0; column < Columns; column++)
            groups[column] = Alike[column] < 0 ? column : groups[Alike[column]];

        Groups = groups;
    }

    /// <summary>Rows of unknown shape: everything is searched like long text.</summary>
    public static FieldShape None { get; } = new(columns: 0);

    /// <summary>The number of columns whose values are recorded.</summary>
    public int Columns { get; }

    /// <summary>Whether a value's end is worth checking.</summary>
    public bool HasEnds { get; }

    /// <summary>For each column, the nearest earlier similar one; -1 for none.</summary>
    public IReadOnlyList<int> Alike { get; }

    /// <summary>For each column, the first similar one, which may be itself.</summary>
    public IReadOnlyList<int> Groups { get; }
}
