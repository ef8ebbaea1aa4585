using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Bench.Rows;

/// <summary>Rows of other shapes than those of <see cref="PersonRows"/>, the same on every machine.</summary>
internal static class ShapedRows
{
    /// <summary>Nine columns of texts of which none comes twice.</summary>
    public static BatchedRows DistinctTexts() => Make(64, [.. Enumerable.Repeat(ColumnType.Text, 9)], (batch, random, _) =>
    {
        for (var column = 0; column < 9; column++)
            batch.SetText(column, Letters(random, random.Next(6, 19)));
    });

    /// <summary>The columns of persons, of whose values six in ten are null.</summary>
    public static BatchedRows Nulls()
    {
        var persons = PersonRows.Make(64 * RowBatch.DefaultCapacity);
        Action<RowBatch, PersonRow>[] setters =
        [
            (batch, row) => batch.SetInteger(
                0, row.Id), (batch, row) => batch.SetText(1, row.StudentNumber), (batch, row) => batch.SetText(2, row.FirstName),
            (batch, row) => batch.SetText(
                3, row.LastName), (batch, row) => batch.SetText(4, row.Email), (batch, row) => batch.SetDate(5, row.BirthDate),
            (batch, row) => batch.SetInteger(
                6, row.Year), (batch, row) => batch.SetDecimal(7, row.Balance), (batch, row) => batch.SetBoolean(8, row.IsActive),
        ];
        return Make(64, [.. BatchedRows.Columns.Select(column => column.Type)], (batch, random, row) =>
        {
            foreach (var setter in setters.Where(_ => random.Next(10) >= 6))
                setter(batch, persons[row]);
        });
    }

    /// <summary>A hundred columns of integers, texts, amounts and dates.</summary>
    public static BatchedRows Wide()
    {
        ColumnType[] kinds = [ColumnType.Integer, ColumnType.Text, ColumnType.Decimal, ColumnType.Date, ColumnType.Text];
        string[] names = [.. Enumerable.Range(0, 40).Select(seed => Letters(new Random(seed), 4 + (seed % 9)))];
        return Make(8, [.. Enumerable.Range(0, 100).Select(column => kinds[column % kinds.Length])], (batch, random, _) =>
        {
            for (var column = 0; column < 100; column += kinds.Length)
            {
                batch.SetInteger(column, random.Next(1_000_000));
                batch.SetText(column + 1, names[random.Next(names.Length)]);
                batch.SetDecimal(column + 2, new decimal(random.Next(2_000_000), 0, 0, isNegative: false, scale: 2));
                batch.SetDate(column + 3, new DateOnly(2000, 1, 1).AddDays(random.Next(9_000)));
                batch.SetText(column + 4, names[random.Next(8)]);
            }
        });
    }

    /// <summary>An id, 500 characters and a date.</summary>
    /// <param name="words">The words that the text is made of; 0 for letters at random.</param>
    public static BatchedRows LongTexts(int words)
    {
        string[] vocabulary = [.. Enumerable.Range(0, words).Select(seed => Letters(new Random(seed), 2 + (seed % 8)))];
        return Make(16, [ColumnType.Integer, ColumnType.Text, ColumnType.Date], (batch, random, row) =>
        {
            batch.SetInteger(0, row);
            batch.SetText(
                1,
                words == 0 ? Letters(random, 500) : string.Join(' ', Enumerable.Range(0, 90).Select(_ => vocabulary[random.Next(words)])));
            batch.SetDate(2, new DateOnly(2000, 1, 1).AddDays(random.Next(9_000)));
        });
    }

    private static BatchedRows Make(int batches, ColumnType[] types, Action<RowBatch, Random, int> fill)
    {
        DatasetColumn[] columns =
        [
            .. types.Select((type, i) => new DatasetColumn
            {
                Name = $"c{i}",
                Title = $"Column {i}",
                SqlName = $"c{i}",
                Type = type,
                Scale = type == ColumnType.Decimal ? 2 : null,
            }),
        ];
        var made = new RowBatch[batches];
        var random = new Random(5);
        for (var i = 0; i < batches; i++)
        {
            var batch = made[i] = new RowBatch(types);
            for (var row = 0; row < RowBatch.DefaultCapacity && !batch.IsFull; row++)
            {
                batch.AddRow();
                fill(batch, random, (i * RowBatch.DefaultCapacity) + row);
            }
        }

        return new BatchedRows(columns, made);
    }

    private static string Letters(Random random, int length) => string.Create(length, random, static (letters, random) =>
    {
        for (var i = 0; i < letters.Length; i++)
            letters[i] = (char)('a' + random.Next(26));
    });
}
