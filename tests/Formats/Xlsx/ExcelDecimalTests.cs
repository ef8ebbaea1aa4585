using ExportFunctions.Datasets;
using ExportFunctions.Formats;

namespace ExportFunctions.Tests.Formats.Xlsx;

[Integration]
public sealed class ExcelDecimalTests
{
    [Fact]
    public async Task Write_KeepsEachValuesDigits_WhenThereIsNoScale()
    {
        decimal[] marks = [9.0m, 6.65m, 2.8m, 12.75m, 0m, 1.23456789012345m, 0.000000000000000000000000012m];
        var columns = new[] { SampleRows.Column("mark", "Mark", ColumnType.Decimal, scale: null) };

        var (bytes, warnings) = await Workbooks.WriteAsync(
            marks.Select(mark => new object?[] { mark }), SampleRows.Layout(columns, rowsExpected: marks.Length), capacity: 3);

        var sheet = (await OpenPyxl.ReadAsync(bytes)).Sheets[0];
        Assert.Empty(warnings);
        Assert.Equal("0.00#############", sheet.Formats[0]);
        Assert.Equal(["9", "6.65", "2.8", "12.75", "0", "1.23456789012345", "1.2e-26"], sheet.Rows.Skip(1).Select(row => row[0].Value));
    }

    [Fact]
    public async Task Write_ShowsWholeNumbersWithoutAPoint_WhenTheFirstRowsHaveNoDigitsAfterIt()
    {
        var columns = new[] { SampleRows.Column("n", "N", ColumnType.Decimal, scale: null) };
        object?[][] rows = [[7m], [123456789012345m], [0.5m]];

        var (bytes, _) = await Workbooks.WriteAsync(rows, SampleRows.Layout(columns, rowsExpected: 3), capacity: 2);

        var xml = await Workbooks.PartAsync(bytes, "xl/worksheets/sheet1.xml");
        var styles = await Workbooks.PartAsync(bytes, "xl/styles.xml");
        Assert.Contains("formatCode=\"0.0##############\"/><numFmt numFmtId=\"165\" formatCode=\"0\"/>", styles, StringComparison.Ordinal);
        Assert.Contains("s=\"13\"><v>123456789012345</v>", xml, StringComparison.Ordinal);
        Assert.Contains("s=\"12\"><v>0.5</v>", xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_CountsNumbersThatBecomeText_ByColumn()
    {
        var columns = new[]
        {
            SampleRows.Column("a", "A", ColumnType.Decimal, scale: null),
            SampleRows.Column("b", "B", ColumnType.Decimal, scale: 4),
            SampleRows.Column("c", "C", ColumnType.Integer),
        };
        object?[] row = [1.2345678901234567m, 100000000000.0001m, 1_000_000_000_000_000L];

        var (bytes, warnings) = await Workbooks.WriteAsync([row, row, [1m, 1m, 1L]], SampleRows.Layout(columns, rowsExpected: 3));

        Assert.Equal(
            ["1.2345678901234567", "100000000000.0001", "1000000000000000"],
            (await OpenPyxl.ReadAsync(bytes)).Sheets[0].Rows[1].Select(cell => cell.Value));
        Assert.Equal([("a", 2L), ("b", 2L), ("c", 2L)], warnings.Select(warning => (warning.Column!, warning.Count)));
        Assert.All(warnings, warning => Assert.Equal("number_as_text", warning.Code));
    }

    [Fact]
    public async Task Write_SumsUpWarnings_FromTheSixthColumnOn()
    {
        DatasetColumn[] columns = [.. Enumerable.Range(0, 9).Select(i => SampleRows.Column($"c{i}", "C", ColumnType.Integer))];

        var (_, warnings) =
            await Workbooks.WriteAsync([[.. columns.Select(_ => (object?)long.MaxValue)]], SampleRows.Layout(columns, rowsExpected: 1));

        Assert.Equal(["c0", "c1", "c2", "c3", "c4", null], warnings.Select(warning => warning.Column));
        Assert.Equal(4, warnings.Last().Count);
    }

    [Fact]
    public async Task Write_MakesTextCells_OfValuesThatTheirTypeCannotHold()
    {
        ColumnType[] types =
        [
            ColumnType.Integer,
            ColumnType.Decimal,
            ColumnType.Boolean,
            ColumnType.Date,
            ColumnType.Timestamp,
            ColumnType.LocalTimestamp,
            ColumnType.Time
        ];
        DatasetColumn[] columns = [.. types.Select((type, i) => SampleRows.Column($"c{i}", "C", type, scale: null))];
        object?[] row = [.. types.Select((type, i) => (object?)(i % 2 == 0 ? "infinity" : "<NaN> \"x\""))];

        foreach (var references in (bool[])[true, false])
        {
            var (bytes, _) = await Workbooks.WriteAsync(
                [row], SampleRows.Layout(columns, new WriterOptions { CellReferences = references }, rowsExpected: 1));

            Assert.Equal(row.Select(value => new OpenPyxl.Cell("s", (string)value!)), (await OpenPyxl.ReadAsync(bytes)).Sheets[0].Rows[1]);
        }
    }
}
