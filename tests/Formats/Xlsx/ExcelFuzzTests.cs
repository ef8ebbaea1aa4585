using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;

namespace ExportFunctions.Tests.Formats.Xlsx;

[Integration]
public sealed class ExcelFuzzTests
{
    [Theory]
    [InlineData(1, 7, 60, false)]
    [InlineData(2, 7, 60, true)]
    [InlineData(3, 1, 300, false)]
    [InlineData(4, 29, 40, false)]
    [InlineData(5, 1000, 6, false)]
    [InlineData(6, 12, 0, false)]
    public async Task Write_ReadsBackEqualInOpenPyxl_ForRandomRows(int seed, int columnCount, int rowCount, bool references)
    {
        var random = new Random(seed);
        DatasetColumn[] columns = [.. Enumerable.Range(
            0, columnCount).Select(i => SampleRows.Column($"c{i}", $"C{i}", (ColumnType)random.Next(7), scale: random.Next(13)))];
        List<object?[]> rows = [.. Enumerable.Range(0, rowCount).Select(_ => columns.Select(column => Value(random, column)).ToArray())];

        var (bytes, _) = await Workbooks.WriteAsync(
            rows, SampleRows.Layout(columns, new() { CellReferences = references }, rowsExpected: rowCount), sheetRows: 101, threads: 2);

        var read = (await OpenPyxl.ReadAsync(bytes)).Sheets.SelectMany(sheet => sheet.Rows.Skip(1)).ToList();
        for (var i = 0; i < rowCount; i++)
        {
            for (var c = 0; c < columnCount; c++)
                AssertSame(rows[i][c], columns[c], i < read.Count && c < read[i].Count ? read[i][c] : new("n", null));
        }
    }

    [Fact]
    public async Task Write_HoldsAHugeText_InOneCell()
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text), SampleRows.Column("y", "Y", ColumnType.Text) };
        var text = string.Concat(Enumerable.Repeat("<&>\u0007_x0041_ Ωμέγα 𝒳\n", 100_000));

        var (bytes, warnings) = await Workbooks.WriteAsync([[text, "after"]], SampleRows.Layout(columns, rowsExpected: 1), threads: 2);

        var row = (await OpenPyxl.ReadAsync(bytes)).Sheets[0].Rows[1];
        Assert.Equal("after", row[1].Value);
        Assert.StartsWith(row[0].Value!, text, StringComparison.Ordinal);
        Assert.InRange(row[0].Value!.Length, 32_766, 32_767);
        Assert.Equal("cell_truncated", Assert.Single(warnings).Code);
    }

    private static void AssertSame(object? value, DatasetColumn column, OpenPyxl.Cell cell)
    {
        switch (value)
        {
            case null:
                Assert.Null(cell.Value);
                break;
            case string text:
                Assert.Equal(("s", text), (cell.Type, cell.Value));
                break;
            case bool flag:
                Assert.Equal(("b", flag ? "True" : "False"), (cell.Type, cell.Value));
                break;
            case long number:
                Assert.Equal(
                    (Math.Abs((decimal)number) < 1e15m ? "n" : "s", number.ToString(CultureInfo.InvariantCulture)),
                    (cell.Type, cell.Value));
                break;
            case decimal number when cell.Type == "n":
                Assert.Equal(
                    (double)decimal.Round(number, column.Scale ?? 0, MidpointRounding.AwayFromZero),
                    double.Parse(cell.Value!, CultureInfo.InvariantCulture));
                break;
            case decimal number:
                var digits = decimal.Round(
                    number, column.Scale ?? 0, MidpointRounding.AwayFromZero).ToString("F" + column.Scale, CultureInfo.InvariantCulture);
                Assert.Equal(("s", digits), (cell.Type, cell.Value));
                Assert.True(digits.Replace(".", "", StringComparison.Ordinal).Trim('-', '0').Length > 15);
                break;
            case DateOnly date:
                Assert.Equal(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), cell.Value![..10]);
                Assert.Equal(date < new DateOnly(1900, 3, 1) ? "s" : "d", cell.Type);
                break;
            case DateTime instant when instant < new DateTime(1900, 3, 1):
                Assert.Equal(("s", instant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)), (cell.Type, cell.Value));
                break;
            case DateTime instant:
                var read = DateTime.ParseExact(cell.Value!, "yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);
                Assert.InRange((read - instant).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
                break;
            default:
                Assert.Fail("Not a cell.");
                break;
        }
    }

    private static object? Value(Random random, DatasetColumn column)
    {
        if (random.Next(8) == 0)
            return null;

        return column.Type switch
        {
            ColumnType.Text or ColumnType.Identifier => Text(random),
            ColumnType.Integer => random.Next(4) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.NextInt64(-1000, 1000),
            ColumnType.Decimal => new decimal(
                random.Next(),
                random.Next(3) == 0 ? random.Next() : 0,
                random.Next(6) == 0 ? random.Next() : 0,
                random.Next(2) == 0,
                (byte)random.Next(20)),
            ColumnType.Boolean => random.Next(2) == 0,
            ColumnType.Date => DateOnly.FromDayNumber(random.Next(DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber + 1)),
            _ => new DateTime(random.NextInt64(0, new DateTime(9999, 12, 31).Ticks), DateTimeKind.Utc),
        };
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var length = random.Next(40); length > 0; length--)
        {
            text.Append(random.Next(6) switch
            {
                0 => "_x0041_&<>'\"\t\n =+-@\u0007\u0000"[random.Next(21)].ToString(),
                1 => char.ConvertFromUtf32(random.Next(0x370, 0x530)),
                2 => char.ConvertFromUtf32(random.Next(0x10000, 0x10FFFE)),
                3 => char.ConvertFromUtf32(random.Next(0xE000, 0xFFFD)),
                _ => ((char)random.Next(' ', 0x7F)).ToString(),
            });
        }

        return text.ToString();
    }
}
