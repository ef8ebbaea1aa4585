using System.Globalization;
using System.Text;
using CsvHelper;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;

namespace ExportFunctions.Tests.Formats.Csv;

/// <summary>Writes the same file through CsvHelper and .NET's own formatting, value by value, from boxed values.</summary>
internal static class CsvOracle
{
    public static byte[] Write(FileLayout layout, IEnumerable<object?[]> rows)
    {
        using var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, OptionsOf(layout.Options), leaveOpen: true))
        {
            foreach (var column in layout.Columns)
                WriteText(csv, layout.Options, layout.Options.Profile == InjectionProfile.Safe ? column.Title : column.Name);

            csv.EndRecord();
            foreach (var row in rows)
            {
                for (var i = 0; i < row.Length; i++)
                    WriteField(csv, layout, layout.Columns[i], row[i]);

                csv.EndRecord();
            }
        }

        return stream.ToArray();
    }

    private static CsvWriterOptions OptionsOf(FormatOptions options) => new()
    {
        Separator = options.Delimiter ?? ',',
        NewLine = options.LineEnding == LineEnding.Lf ? "\n" : "\r\n",
        WriteByteOrderMark = options.ByteOrderMark ?? options.Profile == InjectionProfile.Safe,
        FormatProvider = CultureInfo.InvariantCulture,
    };

    private static void WriteField(CsvWriter csv, FileLayout layout, DatasetColumn column, object? value)
    {
        var options = layout.Options;
        if (value is null)
            csv.WriteField(Encoding.UTF8.GetBytes(options.NullText ?? ""));
        else if (value is string text)
            WriteText(csv, options, text);
        else
            csv.WriteField(FormatValue(layout, column, value), QuotesTyped(options.Quoting, column.Type) ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
    }

    private static void WriteText(CsvWriter csv, FormatOptions options, string text)
    {
        if (options.Profile == InjectionProfile.Safe)
            text = (FormulaText.Begins(Encoding.UTF8.GetBytes(text)) ? "'" : "") + text.Replace('\0', '\uFFFD');

        csv.WriteField(text, text.Length == 0 || text == options.NullText || options.Quoting != FieldQuoting.Minimal ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
    }

    private static bool QuotesTyped(FieldQuoting quoting, ColumnType type) =>
        quoting == FieldQuoting.All || (quoting == FieldQuoting.NonNumeric && type is not (ColumnType.Integer or ColumnType.Decimal));

    private static string FormatValue(FileLayout layout, DatasetColumn column, object value) => value switch
    {
        long number => number.ToString(CultureInfo.InvariantCulture),
        decimal number => FormatDecimal(number, column.Scale ?? number.Scale).Replace('.', layout.Options.DecimalSeparator ?? '.'),
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString(layout.Options.DateFormat ?? "yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => FormatInstant(layout, instant),
        _ => throw new ArgumentException($"No column type takes a {value.GetType().Name}.", nameof(value)),
    };

    private static string FormatDecimal(decimal number, int scale)
    {
        var rounded = decimal.Round(number, scale, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0m : rounded).ToString(string.Create(CultureInfo.InvariantCulture, $"F{scale}"), CultureInfo.InvariantCulture);
    }

    private static string FormatInstant(FileLayout layout, DateTime utc)
    {
        var shown = TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), layout.TimeZone);
        var isUtc = layout.TimeZone.HasSameRules(TimeZoneInfo.Utc);
        var format = layout.Options.TimestampFormat ?? (isUtc ? "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz");
        return shown.ToString(format, CultureInfo.InvariantCulture);
    }
}
