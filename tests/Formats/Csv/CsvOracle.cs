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
            var isDangling = WriteRecord(
                csv, layout, [.. layout.Columns.Select((column, i) => Heading(layout, column, i == 0))], isDangling: false);
            foreach (var row in rows)
                isDangling = WriteRecord(csv, layout, [.. row.Select((value, i) => FieldOf(layout, layout.Columns[i], value))], isDangling);
        }

        return stream.ToArray();
    }

    private static CsvWriterOptions OptionsOf(WriterOptions options) => new()
    {
        Separator = options.Delimiter ?? ',',
        NewLine = options.LineEnding == LineEnding.Lf ? "\n" : "\r\n",
        WriteByteOrderMark = HasMark(options),
        FormatProvider = CultureInfo.InvariantCulture,
    };

    private static bool HasMark(WriterOptions options) => options.ByteOrderMark ?? options.Profile == InjectionProfile.Safe;

    // Gives whether the record's last quote could begin a cell.
    private static bool WriteRecord(CsvWriter csv, FileLayout layout, Field[] fields, bool isDangling)
    {
        var safe = layout.Options.Profile == InjectionProfile.Safe;
        var delimiter = layout.Options.Delimiter ?? ',';
        var isOpen = false;
        for (var i = 0; i < fields.Length; i++)
        {
            var (kind, text, _, isQuoted) = fields[i];
            isQuoted |= kind == FieldKind.Text && (isOpen || text.AsSpan().IndexOfAny([delimiter, '"', '\r', '\n']) >= 0);
            if (isDangling && (i == 0 || delimiter == '\t'))
            {
                isQuoted |= kind == FieldKind.Text || (kind == FieldKind.Value && text[0] == '-');
                if (kind == FieldKind.Text && CellOracle.IsSignAlone(text))
                    text = "'" + text;
            }

            if (isDangling && kind == FieldKind.Bare && !isQuoted && text.Length == 0 && delimiter == '\t')
            {
                csv.WriteField(Encoding.UTF8.GetBytes(text));
                continue;
            }

            isDangling = safe && kind == FieldKind.Text && isQuoted && text.Length > 0
                && CellOracle.Ends(delimiter).Contains(text[^1], StringComparison.Ordinal);
            if (kind == FieldKind.Bare && !isQuoted)
                csv.WriteField(Encoding.UTF8.GetBytes(text));
            else
                csv.WriteField(
                    isDangling && layout.Options.NullText?[0] == '-' ? text + "'" : text,
                    isQuoted ? CsvQuoting.Always : CsvQuoting.WhenNeeded);

            // As the text was: a formula that is made harmless within it may have been a part of the number for another reader.
            isOpen |= safe && kind == FieldKind.Text && CellOracle.EndsInOpenNumber(fields[i].Original, delimiter);
            isOpen |= safe && (i == 0 || delimiter == '\t') && FormulaText.Begins(Encoding.UTF8.GetBytes(text.TrimStart('"')));
        }

        csv.EndRecord();
        return isDangling;
    }

    private static Field Heading(FileLayout layout, DatasetColumn column, bool isFirst)
    {
        var options = layout.Options;
        var heading = options.Profile == InjectionProfile.Raw ? column.Name
            : options.TimestampFormat is not null && column.Type == ColumnType.Timestamp ? $"{column.Title} ({layout.TimeZone.Id})"
            : column.Title;
        var field = TextOf(layout, heading);
        return field with
        {
            IsQuoted = field.IsQuoted || (isFirst && !HasMark(options) && field.Text.StartsWith("ID", StringComparison.Ordinal)),
        };
    }

    private static Field FieldOf(FileLayout layout, DatasetColumn column, object? value) => value switch
    {
        null =>
            new Field(FieldKind.Bare, NullText(layout), "", IsQuoted: layout is { Options.NullText: null, Columns: [{ IsText: false }] }),
        string text => TextOf(layout, text),
        _ => new Field(FieldKind.Value, FormatValue(layout, column, value), "", QuotesTyped(layout.Options.Quoting, column.Type)),
    };

    private static Field TextOf(FileLayout layout, string text)
    {
        var options = layout.Options;
        var written = options.Profile == InjectionProfile.Safe
            ? CellOracle.Defuse(text, options.Delimiter ?? ',').Replace('\0', '\uFFFD')
            : text;
        return new Field(
            FieldKind.Text, written, text, text.Length == 0 || written == NullText(layout) || options.Quoting != FieldQuoting.Minimal);
    }

    private static string NullText(FileLayout layout) => layout.Options.NullText ?? layout.Columns switch
    {
        [{ IsText: true }] => "NULL",
        _ => "",
    };

    private static bool QuotesTyped(FieldQuoting quoting, ColumnType type) =>
        quoting == FieldQuoting.All || (quoting == FieldQuoting.NonNumeric && type is not (ColumnType.Integer or ColumnType.Decimal));

    private static string FormatValue(FileLayout layout, DatasetColumn column, object value) => value switch
    {
        long number => number.ToString(CultureInfo.InvariantCulture),
        decimal number => FormatDecimal(number, column.Scale ?? number.Scale).Replace('.', layout.Options.DecimalSeparator ?? '.'),
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString(layout.Options.DateFormat ?? "yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString(layout.Options.TimeFormat ?? "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime local when column.Type == ColumnType.LocalTimestamp =>
            local.ToString(
                layout.Options.TimestampFormat?.Replace("zzz", "", StringComparison.Ordinal) ?? "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
                CultureInfo.InvariantCulture),
        DateTime instant => FormatInstant(layout, instant),
        _ => throw new ArgumentException($"No column type takes a {value.GetType().Name}.", nameof(value)),
    };

    private static string FormatDecimal(decimal number, int scale)
    {
        var rounded = decimal.Round(number, scale, MidpointRounding.AwayFromZero);
        return (
            rounded == 0 ? 0m : rounded).ToString(string.Create(CultureInfo.InvariantCulture, $"F{scale}"), CultureInfo.InvariantCulture);
    }

    private static string FormatInstant(FileLayout layout, DateTime utc)
    {
        var shown = TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), layout.TimeZone);
        var isUtc = layout.TimeZone.HasSameRules(TimeZoneInfo.Utc);
        var format = layout.Options.TimestampFormat ?? (isUtc ? "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz");
        return shown.ToString(format, CultureInfo.InvariantCulture);
    }

    private enum FieldKind
    {
        Bare,
        Text,
        Value,
    }

    private sealed record Field(FieldKind Kind, string Text, string Original, bool IsQuoted);
}
