using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;

namespace ExportFunctions.Tests.Formats.Xlsx;

[Integration]
public sealed class LibreOfficeTests
{
    [Fact]
    public async Task Write_ShowsEveryValueInLibreOffice_AsItWas()
    {
        var rows = Rows().ToList();
        var layout = SampleRows.Layout(options: new WriterOptions { Table = true }, rowsExpected: rows.Count);
        var (bytes, _) = await Workbooks.WriteAsync(rows, layout, threads: 2);

        var shown = await LibreOffice.ConvertAsync(bytes, LibreOffice.ValuesAsTheyAre);

        Assert.Equal(SampleRows.Columns.Length, shown[0].Length);
        Assert.Equal(
            rows.Select(row => string.Join('|', row.Select((value, i) => Shown(value, SampleRows.Columns[i])))),
            shown.Skip(1).Select(row => string.Join('|', row)));
    }

    private static IEnumerable<object?[]> Rows()
    {
        for (var i = 0; i < 500; i++)
        {
            // LibreOffice makes one line break of the two kinds, and drops zero-width spaces and line separators.
            var text = SampleRows.AwkwardTexts[i % SampleRows.AwkwardTexts.Length].Replace(
                "\r\n", "\n", StringComparison.Ordinal).Trim('\u200b', '\u2028');
            yield return
            [
                text.Length == 0 ? null : text,
                (i % 7 == 0 ? "000" : "S") + i.ToString(CultureInfo.InvariantCulture),
                i % 11 == 0 ? null : (i - 250) * 1_000_003L,
                (i - 100) * 1.37m,
                i % 5 == 0 ? null : i % 2 == 0,
                new DateOnly(1900, 3, 1).AddDays(i * 200),
                new DateTime(1950, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(i * 7_654_321L),
            ];
        }
    }

    private static string Shown(object? value, DatasetColumn column) => value switch
    {
        null => "",
        bool flag => flag ? "TRUE" : "FALSE",
        decimal number => decimal.Round(
            number, column.Scale ?? 0, MidpointRounding.AwayFromZero).ToString("0.############", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };
}
