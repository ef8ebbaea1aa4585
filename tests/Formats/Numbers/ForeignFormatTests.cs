using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.NumberFormats;
using ExportFunctions.Formats.Numbers;
using ExportFunctions.Tests.Formats.Xlsx;
using Foreign = ExcelNumberFormat.NumberFormat;

namespace ExportFunctions.Tests.Formats.Numbers;

/// <summary>
/// Holds what we show against ExcelNumberFormat and LibreOffice, which show values as Excel does; where they differ, the test says why.
/// </summary>
[Integration]
public sealed class ForeignFormatTests
{
    [Fact]
    public void Write_AgreesWithExcelNumberFormat_OverSeededNumbers()
    {
        var random = new Random(17);
        var differences = new List<string>();

        for (var i = 0; i < 10_000; i++)
        {
            var (format, value) = (FormatSamples.Number(random), FormatSamples.Value(random));
            var ours = Show(format, value);
            var theirs = Theirs(format, value);
            if (ours != theirs && !IsKnown(format, value, ours, theirs))
                differences.Add($"{format} of {value.ToString(CultureInfo.InvariantCulture)}: ours '{ours}', theirs '{theirs}'");
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n" + string.Join('\n', differences.Take(60)));
    }

    [Fact]
    public async Task Write_AgreesWithLibreOffice_OnWhatOurOwnWorkbookHolds()
    {
        var random = new Random(23);
        string[] formats = [.. Enumerable.Range(0, 160).Select(_ => FormatSamples.Number(random)), .. FormatSamples.Fractions];
        DatasetColumn[] columns =
        [
            .. formats.Select((format, i) => SampleRows.Column($"n{i}", "N", ColumnType.Decimal, scale: null, format: format)),
            .. FormatSamples.Clocks.Select((format, i) => SampleRows.Column($"t{i}", "T", ColumnType.LocalTimestamp, format: format)),
        ];
        var rows = Enumerable.Range(0, 60).Select(_ => columns.Select(column => Value(random, column)).ToArray()).ToList();
        var (workbook, _) = await Workbooks.WriteAsync(rows, SampleRows.Layout(columns, rowsExpected: rows.Count), threads: 1);

        var shown = await LibreOffice.ConvertAsync(workbook, LibreOffice.CellsAsShown);

        var differences = new List<string>();
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < columns.Length; column++)
            {
                var (ours, theirs) = (Show(columns[column].NumberFormat!, rows[row][column]!), shown[row + 1][column]);
                if (ours != theirs && !IsKnown(columns[column].NumberFormat!, rows[row][column]!, ours, theirs))
                    differences.Add($"{columns[column].NumberFormat} of {rows[row][column]}: ours '{ours}', theirs '{theirs}'");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n" + string.Join('\n', differences.Take(60)));
    }

    private static bool IsKnown(string format, object value, string ours, string theirs)
    {
        // LibreOffice drops a point that no digit follows, shows A/P in small letters, and can't show large numbers as fractions.
        if (theirs == "#FMT"
            || Signs(ours) == Signs(theirs)
            || (format.Contains("A/P", StringComparison.Ordinal) && string.Equals(ours, theirs, StringComparison.OrdinalIgnoreCase)))
            return true;

        // Beside /8 it leaves a blank less.
        if (format.Contains('/', StringComparison.Ordinal) && ours.TrimEnd() == theirs.TrimEnd())
            return true;

        // In the section for all other numbers it loses the sign, and beside a currency the per cent.
        if (format.StartsWith("[>=", StringComparison.Ordinal) && Signs(ours) == "-" + Signs(theirs))
            return true;

        // Halves are exact here and binary there.
        return (format.Contains("[$€", StringComparison.Ordinal) && format.Contains('%', StringComparison.Ordinal)) || (
            value is decimal number && theirs == Show(format, number * 0.9999999999999m));
    }

    private static string Signs(string text) => text.Replace(".", "", StringComparison.Ordinal);

    private static bool IsKnown(string format, decimal value, string ours, string theirs)
    {
        // What rounds to zero has no minus sign here.
        var sign = theirs.IndexOf('-', StringComparison.Ordinal);
        if (sign >= 0
            && ours.Replace(" ", "", StringComparison.Ordinal) == theirs.Remove(sign, 1).Replace(" ", "", StringComparison.Ordinal))
            return true;

        // Halves are exact here and binary there.
        if (ours == Theirs(format, value * 1.0000000000001m))
            return true;

        // A comma among blanks is one here, as in LibreOffice.
        if (format.Contains("?,??", StringComparison.Ordinal) && ours.Replace(
            " ", "", StringComparison.Ordinal) == Theirs(format, value * 1.0000000000001m).Replace(" ", "", StringComparison.Ordinal))
            return true;

        // Theirs can't show zero with an exponent, General only as .NET does, and a mantissa that is rounded up to 10 as such.
        if (theirs == "overflow"
            || (format == "General" && theirs.Contains('E', StringComparison.Ordinal))
            || (format.Contains('E', StringComparison.Ordinal) && theirs.TrimStart('-').StartsWith("10", StringComparison.Ordinal)))
            return true;

        // Theirs counts fractions in 32 bits, and takes those only that a continued fraction ends in, which are seldom the nearest.
        return format.Contains('/', StringComparison.Ordinal);
    }

    private static string Theirs(string format, decimal value)
    {
        try
        {
            return new Foreign(format).Format((double)value, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return "overflow";
        }
    }

    private static object Value(Random random, DatasetColumn column) => column.Type == ColumnType.Decimal
        ? FormatSamples.Value(random)
        : new DateTime(1901, 1, 1).AddSeconds(random.NextInt64(4_000_000_000));

    private static string Show(string format, object value)
    {
        var formatter = new ValueFormatter(NumberFormat.Parse(format), FormatCulture.Invariant);
        Span<byte> target = new byte[formatter.MaxBytes];
        return Encoding.UTF8.GetString(
            target[..(value is decimal number ? formatter.Write(number, target, out _) : formatter.Write((DateTime)value, target, out _))]);
    }
}
