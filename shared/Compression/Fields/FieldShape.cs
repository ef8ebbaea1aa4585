namespace ExportFunctions.Compression.Fields;

/// <summary>What a writer tells of its rows before there are any: hints, as all of it.</summary>
internal sealed class FieldShape
{
    /// <summary>Describes rows.</summary>
    /// <param name="columns">The columns whose values are noted.</param>
    /// <param name="hasEnds">Whether something that counts up stands behind each value, such as the next cell's reference, so that a
    /// value's end is worth a look, too.</param>
    /// <param name="alike">For each column the nearest one before it whose values have the same bytes in front; -1 for none. Empty: none
    /// has.</param>
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

    /// <summary>Rows of which nothing is known: everything is searched as a long text is.</summary>
    public static FieldShape None { get; } = new(columns: 0);

    /// <summary>The columns whose values are noted.</summary>
    public int Columns { get; }

    /// <summary>Whether a value's end is worth a look.</summary>
    public bool HasEnds { get; }

    /// <summary>For each column the nearest one before it that looks alike; -1 for none.</summary>
    public IReadOnlyList<int> Alike { get; }

    /// <summary>For each column the first one that looks like it, which may be itself.</summary>
    public IReadOnlyList<int> Groups { get; }
}
