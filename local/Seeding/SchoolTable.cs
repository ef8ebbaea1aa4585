using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Local.Seeding;

/// <summary>A table of the sample school, whose rows are determined by their position alone.</summary>
internal abstract class SchoolTable
{
    /// <summary>Every table, in the order in which they are filled.</summary>
    public static IReadOnlyList<SchoolTable> All { get; } = [new CoursesTable(), new StudentsTable(), new GradesTable()];

    /// <summary>The SQL name.</summary>
    public abstract string Name { get; }

    /// <summary>The columns; the first is the primary key, and rows are generated in its order.</summary>
    public abstract IReadOnlyList<SchoolColumn> Columns { get; }

    /// <summary>The number of rows for this many students.</summary>
    public abstract long RowCount(int students);

    /// <summary>Adds the row at a position to a batch of this table's column types.</summary>
    /// <param name="batch">A batch with room for a row.</param>
    /// <param name="row">The position, from 0.</param>
    public abstract void AddRow(RowBatch batch, long row);

    /// <summary>An empty batch for this table's rows.</summary>
    public RowBatch CreateBatch() => new([.. Columns.Select(column => column.Type)]);
}
