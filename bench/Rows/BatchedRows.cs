using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats;

namespace ExportFunctions.Bench.Rows;

/// <summary>The rows as our writers get them: batches filled once, outside the timing, and handed over again and again.</summary>
internal sealed class BatchedRows
{
    /// <summary>The columns.</summary>
    public static IReadOnlyList<DatasetColumn> Columns { get; } =
    [
        Column("id", 0, ColumnType.Integer),
        Column("studentNumber", 1, ColumnType.Identifier),
        Column("firstName", 2, ColumnType.Text),
        Column("lastName", 3, ColumnType.Text),
        Column("email", 4, ColumnType.Text),
        Column("birthDate", 5, ColumnType.Date),
        Column("year", 6, ColumnType.Integer),
        Column("balance", 7, ColumnType.Decimal, scale: 2),
        Column("isActive", 8, ColumnType.Boolean),
    ];

    private static readonly ColumnType[] Types = [.. Columns.Select(column => column.Type)];

    private readonly IReadOnlyList<DatasetColumn> _columns = Columns;
    private readonly PersonRow[] _rows;
    private readonly RowBatch[] _batches;

    /// <param name="rows">A whole number of batches.</param>
    public BatchedRows(PersonRow[] rows)
    {
        _rows = rows;
        _batches = [.. rows.Chunk(RowBatch.DefaultCapacity).Select(Fill)];
    }

    /// <summary>Rows of another shape.</summary>
    /// <param name="columns">Its columns.</param>
    /// <param name="batches">Its batches, all full.</param>
    public BatchedRows(IReadOnlyList<DatasetColumn> columns, RowBatch[] batches) => (_columns, _rows, _batches) = (columns, [], batches);

    /// <summary>So many rows, in batches; of another shape whole batches, so that it may be a few more.</summary>
    public IReadOnlyList<RowBatch> Take(long count)
    {
        var taken = new List<RowBatch>((int)(count / RowBatch.DefaultCapacity) + 1);
        var left = count;
        while (left > 0)
        {
            var batch = _batches[taken.Count % _batches.Length];
            taken.Add(left >= batch.Count || _rows.Length == 0 ? batch : Fill(_rows[..(int)left]));
            left -= taken[^1].Count;
        }

        return taken;
    }

    public static FileLayout Layout(long rows, WriterOptions options) => new()
    {
        Title = "Students",
        Columns = Columns,
        RowsExpected = rows,
        CreatedAt = new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero),
        Options = options,
    };

    public FileLayout LayoutOf(long rows, WriterOptions options) => Layout(rows, options) with { Columns = _columns };

    private static RowBatch Fill(PersonRow[] rows)
    {
        var batch = new RowBatch(Types);
        foreach (var row in rows)
        {
            batch.AddRow();
            batch.SetInteger(0, row.Id);
            batch.SetText(1, row.StudentNumber);
            batch.SetText(2, row.FirstName);
            batch.SetText(3, row.LastName);
            batch.SetText(4, row.Email);
            batch.SetDate(5, row.BirthDate);
            batch.SetInteger(6, row.Year);
            batch.SetDecimal(7, row.Balance);
            batch.SetBoolean(8, row.IsActive);
        }

        return batch;
    }

    private static DatasetColumn Column(string name, int title, ColumnType type, int scale = 0) =>
        new() { Name = name, Title = PersonRow.Titles[title], Type = type, SqlName = name, Scale = scale };
}
