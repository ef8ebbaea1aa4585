using System.Globalization;
using System.Text;
using CsCheck;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Csv;

namespace ExportFunctions.Tests.Formats.Csv;

/// <summary>The same bytes as CsvHelper's.</summary>
public sealed class CsvOracleTests
{
    [Fact]
    public Task Write_GivesCsvHelpersBytes_ForAnyRowsAndOptions() => RandomCsv.File.SampleAsync(
        async file =>
        {
            var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), file.Layout, file.Rows, capacity: 7);
            Assert.Equal(Encoding.UTF8.GetString(CsvOracle.Write(file.Layout, file.Rows)), Encoding.UTF8.GetString(output.ToArray()));
        },
        iter: 4000,
        print: file => string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Layout.Options} {string.Join('|', file.Layout.Columns.Select(column => column.Type))} {file.Rows.Length} rows"));

    [Exhaustive]
    [Theory]
    [InlineData("")]
    [InlineData("=1")]
    public async Task Write_GivesCsvHelpersBytes_ForTextThatBeginsWithAnyCharacter(string rest)
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };
        var rows = Enumerable.Range(
            0, 0x110000).Where(Rune.IsValid).Select(rune => new object?[] { char.ConvertFromUtf32(rune) + rest }).ToArray();

        var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), SampleRows.Layout(columns), rows);

        Assert.True(output.ToArray().AsSpan().SequenceEqual(CsvOracle.Write(SampleRows.Layout(columns), rows)));
    }

    [Theory]
    [InlineData('"')]
    [InlineData(';')]
    [InlineData('\r')]
    [InlineData('\n')]
    [InlineData('\t')]
    [InlineData('\0')]
    [InlineData('é')]
    public async Task Write_GivesCsvHelpersBytes_WhereverASignStands(char sign)
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text), SampleRows.Column("y", "Y", ColumnType.Text) };
        var rows = new List<object?[]>();
        for (var length = 1; length <= 70; length++)
        {
            for (var at = 0; at < length; at++)
                rows.Add([new string('a', at) + sign + new string('b', length - at - 1), new string('c', length)]);
        }

        var layout = SampleRows.Layout(columns, new WriterOptions { Delimiter = ';' });
        var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), layout, rows);

        Assert.Equal(Encoding.UTF8.GetString(CsvOracle.Write(layout, rows)), Encoding.UTF8.GetString(output.ToArray()));
    }
}
