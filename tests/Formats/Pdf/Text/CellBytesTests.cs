using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Formats.Pdf.Text;

namespace ExportFunctions.Tests.Formats.Pdf.Text;

public sealed class CellBytesTests
{
    [Fact]
    public void Show_GivesTheSameAsTheSlowWay_ForAnyValue()
    {
        var random = new Random(11);
        DatasetColumn[] columns =
        [
            .. Enumerable.Range(0, 13).Select(scale => SampleRows.Column($"d{scale}", "D", ColumnType.Decimal, scale)),
            SampleRows.Column("percent", "P", ColumnType.Decimal, 2, format: "0.0%"), SampleRows.Column("i", "I", ColumnType.Integer),
            SampleRows.Column("b", "B", ColumnType.Boolean), SampleRows.Column("day", "D", ColumnType.Date), SampleRows.Column("us", "D", ColumnType.Date, format: "m/d/yyyy"),
            SampleRows.Column("at", "A", ColumnType.Timestamp), SampleRows.Column("text", "T", ColumnType.Text),
        ];
        var layout = SampleRows.Layout(columns, zone: TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens"));
        var rows = Enumerable.Range(0, 3000).Select(_ => columns.Select(column => Value(random, column.Type)).ToArray());
        var (fast, slow) = (new CellBytes(layout), new CellText(layout));

        foreach (var batch in SampleRows.Batches(rows, columns))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                for (var column = 0; column < columns.Length; column++)
                    Assert.Equal(slow.Show(batch, row, column).ToString(), Encoding.UTF8.GetString(fast.Show(batch, row, column)));
            }
        }
    }

    private static object? Value(Random random, ColumnType type) => random.Next(20) == 0 ? null : type switch
    {
        ColumnType.Decimal => new decimal(random.Next(3) == 0 ? random.Next(100) : random.Next(), random.Next(4) == 0 ? random.Next() : 0, random.Next(8) == 0 ? random.Next() : 0, random.Next(2) == 0, (byte)random.Next(0, 29)),
        ColumnType.Integer => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
        ColumnType.Boolean => random.Next(2) == 0,
        ColumnType.Date => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber + 1)),
        ColumnType.Timestamp => new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc),
        _ => new string('é', random.Next(3000)),
    };
}
