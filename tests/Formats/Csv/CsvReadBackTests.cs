using System.Globalization;
using System.Text;
using CsCheck;
using CsvHelper;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Csv;
using CsvDataReaderOptions = Sylvan.Data.Csv.CsvDataReaderOptions;

namespace ExportFunctions.Tests.Formats.Csv;

/// <summary>Read by two readers that are not ours.</summary>
public sealed class CsvReadBackTests
{
    private const int MaxField = 16 * 1024 * 1024;

    private const string Digits = "0.############################";

    // No record begins with a low surrogate, so that none is taken for a comment.
    private const char NoSign = '\uDC00';

    [Fact]
    public Task Write_ReadsBackEqual_ForAnyRowsAndOptions() => RandomCsv.File.SampleAsync(
        async file =>
        {
            var layout =
                file.Layout with
                {
                    Options = file.Layout.Options with
                    {
                        Profile = InjectionProfile.Raw,
                        DateFormat = null,
                        TimeFormat = null,
                        TimestampFormat = null,
                    },
                };
            var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), layout, file.Rows);
            var written = file.Rows.Select(row => row.Select((value, column) => Shown(value, layout, layout.Columns[column])).ToArray())
                .ToArray();
            RequireEqual(written, await SylvanAsync(output.ToArray(), layout.Options), layout);
            RequireEqual(written, await HelperAsync(output.ToArray(), layout.Options), layout);
        },
        iter: 1000,
        print: file => file.Layout.Options.ToString());

    [Fact]
    public async Task Write_ReadsBackEqual_ForATextOfTenMegabytes()
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text), SampleRows.Column("y", "Y", ColumnType.Integer) };
        var plain = new string('x', 10_000_000);
        var awkward = string.Concat(Enumerable.Repeat("Ελένη,\"\r\n\0", 1_000_000));
        var options = new WriterOptions { Profile = InjectionProfile.Raw };

        var (output, _) =
            await SampleRows.WriteAsync(new CsvFormat(), SampleRows.Layout(columns, options), [[plain, 1L], [awkward, 2L], ["z", 3L]]);

        var records = await HelperAsync(output.ToArray(), options);
        Assert.Equal(["1", "2", "3"], records.Select(record => record[1]));
        Assert.True(records[0][0] == plain && records[1][0] == awkward && records[2][0] == "z");
    }

    [Fact]
    public async Task Write_ReadsBackEqual_ForAThousandColumns()
    {
        var columns = Enumerable.Range(0, 1000).Select(i => SampleRows.Column("c" + i, "C", (ColumnType)(i % 7), scale: 2)).ToArray();
        var rows =
            Enumerable.Range(0, 50).Select(row => columns.Select((column, i) => Value(column.Type, (row * 1000) + i)).ToArray()).ToArray();
        var layout = SampleRows.Layout(columns, new WriterOptions { Profile = InjectionProfile.Raw, Quoting = FieldQuoting.All });

        var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), layout, rows, capacity: 16);

        var records = await HelperAsync(output.ToArray(), layout.Options);
        var written = rows.Select(row => row.Select((value, column) => Shown(value, layout, columns[column])).ToArray()).ToArray();
        RequireEqual(written, records, layout);
    }

    private static object? Value(ColumnType type, int seed) => (type, seed % 5) switch
    {
        (_, 0) => null,
        (ColumnType.Integer, _) => (long)seed,
        (ColumnType.Decimal, _) => seed / 100m,
        (ColumnType.Boolean, _) => seed % 2 == 0,
        (ColumnType.Date, _) => DateOnly.FromDayNumber(seed),
        (ColumnType.Timestamp, _) => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(seed),
        _ => SampleRows.AwkwardTexts[seed % SampleRows.AwkwardTexts.Length],
    };

    private static string Shown(object? value, FileLayout layout, DatasetColumn column) => value switch
    {
        null => layout.Options.NullText ?? (layout.Columns is [{ IsText: true }] ? "NULL" : ""),
        string text => text,
        decimal number => decimal.Round(number, column.Scale ?? number.Scale, MidpointRounding.AwayFromZero)
            .ToString(Digits, CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTime local when column.Type == ColumnType.LocalTimestamp =>
            local.ToString("O", CultureInfo.InvariantCulture)[.."2026-03-14T15:09:26.0000000".Length],
        DateTime instant => instant.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static void RequireEqual(string[][] written, List<string[]> read, FileLayout layout)
    {
        Assert.Equal(written.Length, read.Count);
        for (var row = 0; row < written.Length; row++)
        {
            for (var column = 0; column < written[row].Length; column++)
            {
                if (written[row][column] != read[row][column])
                    Assert.Equal(written[row][column], Parsed(read[row][column], layout, layout.Columns[column].Type));
            }
        }
    }

    // The value of a field, in the words of Shown; none equals a null's.
    private static string Parsed(string field, FileLayout layout, ColumnType type) => type switch
    {
        ColumnType.Integer => long.Parse(field, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        ColumnType.Decimal => decimal.Parse(field.Replace(layout.Options.DecimalSeparator ?? '.', '.'), CultureInfo.InvariantCulture)
            .ToString(Digits, CultureInfo.InvariantCulture),
        ColumnType.Boolean => bool.Parse(field).ToString(),
        ColumnType.Date => DateOnly.ParseExact(field, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        ColumnType.Time => TimeOnly.Parse(field, CultureInfo.InvariantCulture).ToString("O", CultureInfo.InvariantCulture),
        ColumnType.LocalTimestamp => DateTime.Parse(field, CultureInfo.InvariantCulture).ToString("O", CultureInfo.InvariantCulture),
        ColumnType.Timestamp =>
            DateTimeOffset.Parse(field, CultureInfo.InvariantCulture).UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        _ => field,
    };

    private static async Task<List<string[]>> SylvanAsync(byte[] file, WriterOptions options)
    {
        using var text = new StreamReader(new MemoryStream(file), Encoding.UTF8);
        var settings = new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = options.Delimiter ?? ',',
            BufferSize = 1024 * 1024,
            Comment = NoSign,
        };
        await using var reader = await Sylvan.Data.Csv.CsvDataReader.CreateAsync(text, settings);
        var records = new List<string[]>();
        while (await reader.ReadAsync(CancellationToken.None))
            records.Add([.. Enumerable.Range(0, reader.RowFieldCount).Select(reader.GetString)]);

        return records[1..];
    }

    private static async Task<List<string[]>> HelperAsync(byte[] file, WriterOptions options)
    {
        var settings = new CsvReaderOptions { Separator = options.Delimiter ?? ',', HasHeader = false, MaxRecordSize = MaxField * 2 };
        await using var reader = CsvHelper.CsvReader.Create(new MemoryStream(file), settings, leaveOpen: false);
        var records = new List<string[]>();
        while (await reader.ReadAsync(CancellationToken.None))
            records.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);

        return records[1..];
    }
}
