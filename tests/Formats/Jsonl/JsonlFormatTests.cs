using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsCheck;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Jsonl;
using ExportFunctions.Tests.Formats.Csv;
using ExportFunctions.Tests.Formats.Slices;

namespace ExportFunctions.Tests.Formats.Jsonl;

public sealed class JsonlFormatTests
{
    private static readonly TimeZoneInfo Athens = TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens");

    private static readonly DatasetColumn[] Columns =
    [
        .. SampleRows.Columns, SampleRows.Column("seen", "Seen", ColumnType.LocalTimestamp), SampleRows.Column("at", "At", ColumnType.Time),
        SampleRows.Column("exact", "Exact", ColumnType.Decimal, scale: null),
    ];

    private static readonly object?[][] Rows =
    [
        ["Ελένη \"x\"", "007", 42L, 1.5m, true, new DateOnly(2026, 2, 28), new DateTime(
            2026, 7, 1, 9, 0, 0, DateTimeKind.Utc), new DateTime(2026, 7, 1, 9, 0, 0, 500), new TimeOnly(7, 5), 9.0m],
        ["", "", 9_007_199_254_740_992L, -0.004m, false, DateOnly.MaxValue, DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
            DateTime.MaxValue, TimeOnly.MaxValue, -79228162514264337593543950335m],
        [null, null, null, null, null, null, null, null, null, null],
        ["a\nb\t\u0001\\/\u2028\u0085\u007f", "x", long.MinValue, "NaN", "maybe", "0044-03-15 BC", "-infinity", "infinity", "24:00", "123456789012345678901234567890.5"],
    ];

    [Fact]
    public async Task Write_GivesExactLines_ForEveryType()
    {
        var text = await WriteAsync(Rows, new WriterOptions());

        Assert.Equal(
            """
            {"name":"Ελένη \"x\"","code":"007","credits":42,"average":1.50,"active":true,"born":"2026-02-28","updated_at":"2026-07-01T12:00:00+03:00","seen":"2026-07-01T09:00:00.5","at":"07:05:00","exact":9.0}
            {"name":"","code":"","credits":9007199254740992,"average":0.00,"active":false,"born":"9999-12-31","updated_at":"9999-12-31T23:59:59.9999999+00:00","seen":"9999-12-31T23:59:59.9999999","at":"23:59:59.9999999","exact":-79228162514264337593543950335}
            {"name":null,"code":null,"credits":null,"average":null,"active":null,"born":null,"updated_at":null,"seen":null,"at":null,"exact":null}
            {"name":"a\nb\t\u0001\\/\u2028\u0085,","code":"x","credits":-9223372036854775808,"average":"NaN","active":"maybe","born":"0044-03-15 BC","updated_at":"-infinity","seen":"infinity","at":"24:00","exact":"123456789012345678901234567890.5"}

            """.Replace(",\",\"code\":\"x\"", "\u007f\",\"code\":\"x\"", StringComparison.Ordinal),
            text);
    }

    [Fact]
    public async Task Write_GivesStringsAndNoNulls_WhenAskedTo()
    {
        var text = await WriteAsync(
            Rows, new WriterOptions { LargeIntegers = NumberForm.String, Decimals = NumberForm.String, Nulls = NullProperties.Omit });

        var lines = text.Split('\n');
        Assert.Contains("\"credits\":42,\"average\":\"1.50\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"credits\":\"9007199254740992\",\"average\":\"0.00\"", lines[1], StringComparison.Ordinal);
        Assert.Equal("{}", lines[2]);
        Assert.Contains("\"credits\":\"-9223372036854775808\",\"average\":\"NaN\"", lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9_007_199_254_740_991L, "9007199254740991")]
    [InlineData(-9_007_199_254_740_991L, "-9007199254740991")]
    [InlineData(9_007_199_254_740_992L, "\"9007199254740992\"")]
    [InlineData(-9_007_199_254_740_992L, "\"-9007199254740992\"")]
    public async Task Write_GivesAString_ForIntegersThatDoublesDoNotHold(long value, string shown)
    {
        var columns = new[] { SampleRows.Column("n", "N", ColumnType.Integer) };

        var text = await WriteAsync([[value]], new WriterOptions { LargeIntegers = NumberForm.String }, columns);

        Assert.Equal($"{{\"n\":{shown}}}\n", text);
    }

    [Fact]
    public async Task Write_OmitsNulls_WhereverTheyStand()
    {
        var columns = new[]
        {
            SampleRows.Column("a", "A", ColumnType.Text),
            SampleRows.Column("b", "B", ColumnType.Integer),
            SampleRows.Column("c", "C", ColumnType.Boolean),
        };

        var text = await WriteAsync(
            [[null, 1L, null], ["x", null, true], [null, null, null], [null, null, false]],
            new WriterOptions { Nulls = NullProperties.Omit },
            columns);

        Assert.Equal("{\"b\":1}\n{\"a\":\"x\",\"c\":true}\n{}\n{\"c\":false}\n", text);
    }

    [Fact]
    public async Task Write_GivesAnEmptyFile_WithoutRows() => Assert.Equal("", await WriteAsync([], new WriterOptions()));

    [Fact]
    public async Task Write_ReplacesBytesThatAreNoText_AndCountsThem()
    {
        var output = new AsyncOnlyStream();
        var columns = new[] { SampleRows.Column("t", "T", ColumnType.Text) };
        var batch = new RowBatch([ColumnType.Text]);
        foreach (var bytes in new byte[][] { [.. "ok\u2028"u8], [0x61, 0xFF, 0x62], [0xE2], [0xC2], [.. "twenty bytes of text"u8, 0x80] })
        {
            batch.AddRow();
            batch.SetText(0, bytes);
        }

        await using var writer = new JsonlFormat().CreateWriter(output, SampleRows.Layout(columns));

        await writer.WriteAsync(batch, CancellationToken.None);
        await writer.CompleteAsync(CancellationToken.None);

        Assert.Equal(
            "{\"t\":\"ok\\u2028\"}\n{\"t\":\"a\uFFFDb\"}\n{\"t\":\"\uFFFD\"}\n{\"t\":\"\uFFFD\"}\n{\"t\":\"twenty bytes of text\uFFFD\"}\n",
            Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(("characters_replaced", 4L), (Assert.Single(writer.Warnings).Code, writer.Warnings.Single().Count));
    }

    [Fact]
    public Task Write_ReadsBackEqual_ForAnyRowsAndOptions() => Gen
        .Select(RandomCsv.File, Gen.Enum<NumberForm>(), Gen.Enum<NumberForm>(), Gen.Enum<NullProperties>())
        .SampleAsync(
        async (file, integers, decimals, nulls) =>
        {
            var layout = file.Layout with { Options = new WriterOptions { LargeIntegers = integers, Decimals = decimals, Nulls = nulls } };

            var (output, _) = await SampleRows.WriteAsync(new JsonlFormat(), layout, file.Rows, capacity: 7);

            var lines = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output.ToArray())
                .Split(["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029", "\v", "\f"], StringSplitOptions.None);
            Assert.Equal(file.Rows.Length + 1, lines.Length);
            foreach (var (row, line) in file.Rows.Zip(lines))
                Assert.Equal(layout.Columns.Select((column, i) => Shown(row[i], column, layout)).Where(
                    pair => pair.Json != "null" || nulls == NullProperties.Keep), Read(line));
        },
        iter: 2000);

    [Theory]
    [InlineData('"')]
    [InlineData('\\')]
    [InlineData('\n')]
    [InlineData('\u0085')]
    [InlineData('\u2029')]
    [InlineData('é')]
    [InlineData('“')]
    [InlineData('\u00a0')]
    public async Task Write_ReadsBackEqual_WhereverASignStands(char sign)
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };
        var texts = Enumerable.Range(1, 70).SelectMany(
            length => Enumerable.Range(0, length).Select(at => new string('a', at) + sign + new string('b', length - at - 1))).ToArray();

        var text = await WriteAsync(texts.Select(value => new object?[] { value }), new WriterOptions(), columns);

        Assert.Equal(
            texts,
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).GetProperty("x").GetString()));
    }

    [Fact]
    public async Task Write_ReadsBackEqual_ForATextOfTenMegabytes()
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };
        var awkward = string.Concat(Enumerable.Repeat("Ελένη,\"\r\n\0", 1_000_000));

        var text = await WriteAsync([[awkward], ["z"]], new WriterOptions(), columns);

        var lines = text.Split('\n');
        Assert.True(JsonElement.Parse(lines[0]).GetProperty("x").GetString() == awkward);
        Assert.Equal("{\"x\":\"z\"}", lines[1]);
    }

    [Fact]
    public async Task Slices_JoinToTheWholeFile_AlsoCompressed()
    {
        var rows = SampleRows.Ordinary(500).ToList();
        List<IReadOnlyList<object?[]>> slices = [rows[..120], rows[120..121], [], rows[121..]];
        var gzip = SampleRows.Layout(options: new WriterOptions { Compression = FileCompression.Gzip });
        var (whole, _) = await SampleRows.WriteAsync(new JsonlFormat(), SampleRows.Layout(), rows);

        var (plain, _) = await SlicedFiles.WriteAsync(new JsonlFormat(), SampleRows.Layout(), slices);
        var (packed, _) = await SlicedFiles.WriteAsync(new JsonlFormat(2), gzip, slices);

        await using var unpacked = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await unpacked.CopyToAsync(bytes);
        Assert.True(whole.ToArray().AsSpan().SequenceEqual(plain));
        Assert.True(whole.ToArray().AsSpan().SequenceEqual(bytes.ToArray()));
    }

    [Fact]
    public void TypeAndEnding_FollowTheCompression()
    {
        IFileFormat format = new JsonlFormat();
        var gzip = new WriterOptions { Compression = FileCompression.Gzip };

        Assert.Equal(
            ("application/x-ndjson", ".jsonl"), (format.ContentTypeOf(new WriterOptions()), format.FileExtensionOf(new WriterOptions())));
        Assert.Equal(("application/gzip", ".jsonl.gz"), (format.ContentTypeOf(gzip), format.FileExtensionOf(gzip)));
    }

    private static async Task<string> WriteAsync(
        IEnumerable<object?[]> rows, WriterOptions options, IReadOnlyList<DatasetColumn>? columns = null)
    {
        var (output, _) = await SampleRows.WriteAsync(new JsonlFormat(), SampleRows.Layout(columns ?? Columns, options, Athens), rows);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output.ToArray());
    }

    private static IEnumerable<(string Name, string Json)> Read(string line) =>
        JsonElement.Parse(line).EnumerateObject().Select(property => (
            property.Name,
            property.Value.ValueKind == JsonValueKind.String ? "\"" + property.Value.GetString() : property.Value.GetRawText()));

    // The property as JSON has it; a string without escapes, with a quote before it.
    private static (string Name, string Json) Shown(object? value, DatasetColumn column, FileLayout layout) => (column.Name, value switch
    {
        null => "null",
        string text => "\"" + text,
        bool flag => flag ? "true" : "false",
        long number => (layout.Options.LargeIntegers == NumberForm.String && (UInt128)Int128.Abs(number) >= (1UL << 53) ? "\"" : "")
            + number.ToString(CultureInfo.InvariantCulture),
        decimal number => (layout.Options.Decimals == NumberForm.String ? "\"" : "") + Digits(number, column.Scale ?? number.Scale),
        DateOnly date => "\"" + date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => "\"" + time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime local when column.Type == ColumnType.LocalTimestamp =>
            "\"" + local.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime instant => "\"" + TimeZoneInfo.ConvertTime(new DateTimeOffset(instant), layout.TimeZone).ToString(
            layout.TimeZone.HasSameRules(TimeZoneInfo.Utc) ? "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz",
            CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"No column type takes a {value.GetType().Name}.", nameof(value)),
    });

    private static string Digits(decimal number, int scale)
    {
        var rounded = decimal.Round(number, scale, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0m : rounded)
            .ToString(string.Create(CultureInfo.InvariantCulture, $"F{scale}"), CultureInfo.InvariantCulture);
    }
}
