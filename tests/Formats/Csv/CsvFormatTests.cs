using System.Globalization;
using System.Text;
using CsCheck;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Csv;
using Sylvan.Data.Csv;

namespace ExportFunctions.Tests.Formats.Csv;

public sealed class CsvFormatTests
{
    private static readonly WriterOptions Raw = new() { Profile = InjectionProfile.Raw };
    private static readonly TimeZoneInfo Athens = TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens");

    [Fact]
    public async Task Write_GivesExactRecords_ForEveryType()
    {
        object?[][] rows =
        [
            ["a,b", "007", 42L, 1.5m, true, new DateOnly(2026, 2, 28), new DateTime(2026, 7, 1, 9, 0, 0, DateTimeKind.Utc)],
            ["", "say \"x\"", -1L, -0.004m, false, new DateOnly(1, 1, 1), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(1)],
            [null, null, null, null, null, null, null],
        ];

        var text = await WriteAsync(rows, SampleRows.Layout(options: Raw, zone: Athens));

        Assert.Equal(
            "name,code,credits,average,active,born,updated_at\r\n"
            + "\"a,b\",007,42,1.50,true,2026-02-28,2026-07-01T12:00:00+03:00\r\n"
            + "\"\",\"say \"\"x\"\"\",-1,0.00,false,0001-01-01,2026-01-01T02:00:00.0000001+02:00\r\n"
            + ",,,,,,\r\n",
            text);
    }

    [Fact]
    public async Task Write_ShowsInstantsWithZ_InUtc()
    {
        var columns = new[] { SampleRows.Column("at", "At", ColumnType.Timestamp) };

        var text = await WriteAsync([[new DateTime(2026, 3, 14, 15, 9, 26, DateTimeKind.Utc)]], SampleRows.Layout(columns, Raw));

        Assert.Equal("at\r\n2026-03-14T15:09:26Z\r\n", text);
    }

    [Fact]
    public async Task Write_LeadsWithAMarkAndTitles_InTheSafeProfile()
    {
        var text = await WriteAsync([], SampleRows.Layout());

        Assert.Equal("\uFEFFName,Student number,Credits,Average,Active,Born,Updated at\r\n", text);
    }

    [Theory]
    [InlineData(InjectionProfile.Safe, false)]
    [InlineData(InjectionProfile.Raw, true)]
    public async Task Write_ObeysTheByteOrderMarkOption_WhateverTheProfile(InjectionProfile profile, bool mark)
    {
        var text = await WriteAsync([], SampleRows.Layout(options: new WriterOptions { Profile = profile, ByteOrderMark = mark }));

        Assert.Equal(mark, text.StartsWith('\uFEFF'));
    }

    [Theory]
    [InlineData(';', ',', "a;\"b;c\";1,50\r\n")]
    [InlineData('\t', '.', "a\tb;c\t1.50\r\n")]
    [InlineData('|', ',', "a|b;c|1,50\r\n")]
    public async Task Write_UsesDelimiterAndDecimalSign(char delimiter, char sign, string record)
    {
        var columns = new[]
        {
            SampleRows.Column("x", "X", ColumnType.Text),
            SampleRows.Column("y", "Y", ColumnType.Text),
            SampleRows.Column("z", "Z", ColumnType.Decimal, scale: 2),
        };

        var text =
            await WriteAsync([["a", "b;c", 1.5m]], SampleRows.Layout(columns, Raw with { Delimiter = delimiter, DecimalSeparator = sign }));

        Assert.EndsWith(record, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ReadsBackEqual_ForAwkwardValues()
    {
        var (output, warnings) =
            await SampleRows.WriteAsync(new CsvFormat(), SampleRows.Layout(options: Raw, zone: Athens), SampleRows.Awkward, capacity: 7);

        var records = await ReadAsync(output);
        Assert.Empty(warnings);
        Assert.Equal(SampleRows.Awkward.Count, records.Count);
        for (var i = 0; i < records.Count; i++)
            Assert.Equal(SampleRows.Awkward[i], records[i].Select((field, column) => Parse(field, SampleRows.Awkward[i][column])));
    }

    [Fact]
    public async Task Write_ReadsBackEqual_ForAnyText()
    {
        var scalar = Gen.OneOf(Gen.Int[0, 0xD7FF], Gen.Int[0xE000, 0x10FFFF], Gen.Char["\",\r\n'= \t"].Select(sign => (int)sign));
        var text = scalar.Array[0, 20].Select(runes => string.Concat(runes.Select(char.ConvertFromUtf32)));
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text), SampleRows.Column("y", "Y", ColumnType.Identifier) };

        await Gen.Select(text, text).Array[1, 20].SampleAsync(
            async pairs =>
            {
                var (output, _) = await SampleRows.WriteAsync(
                    new CsvFormat(), SampleRows.Layout(columns, Raw), pairs.Select(pair => new object?[] { pair.Item1, pair.Item2 }));
                var records = await ReadAsync(output);
                return records.Count == pairs.Length && pairs.Zip(records).All(
                    both => both.First.Item1 == both.Second[0] && both.First.Item2 == both.Second[1]);
            },
            iter: 300);
    }

    [Fact]
    public async Task Write_AllocatesNothingPerRow_OnceItsBuffersHaveGrown()
    {
        var batch = new RowBatch([.. SampleRows.Columns.Select(column => column.Type)]);
        foreach (var row in SampleRows.Ordinary(batch.Capacity))
            SampleRows.Add(batch, row);

        await using var writer = new CsvFormat().CreateWriter(new AsyncOnlyStream(keep: false), SampleRows.Layout(zone: Athens));
        await RepeatAsync(writer, batch, 50);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await RepeatAsync(writer, batch, 500);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Less than a byte a row; a debug build allocates some for each batch's asynchronous calls.
        Assert.InRange(allocated, 0, 500 * batch.Capacity);
    }

    [Fact]
    public async Task Dispose_WritesNothingMore_WhenTheFileIsUnfinished()
    {
        var output = new AsyncOnlyStream();
        var writer = new CsvFormat().CreateWriter(output, SampleRows.Layout());
        await writer.WriteAsync(SampleRows.Batches(SampleRows.Ordinary(10)).Single(), CancellationToken.None);
        var before = output.BytesWritten;

        await writer.DisposeAsync();

        Assert.Equal(before, output.BytesWritten);
        Assert.False(output.IsDisposed);
    }

    [Fact]
    public async Task Write_Throws_AfterTheEndOrACancellation()
    {
        await using var writer = new CsvFormat().CreateWriter(new AsyncOnlyStream(), SampleRows.Layout());
        var batch = SampleRows.Batches(SampleRows.Ordinary(1)).Single();

        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await writer.WriteAsync(batch, new CancellationToken(canceled: true)));
        await writer.CompleteAsync(CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.WriteAsync(batch, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.CompleteAsync(CancellationToken.None));
    }

    private static async Task<string> WriteAsync(object?[][] rows, FileLayout layout)
    {
        var (output, _) = await SampleRows.WriteAsync(new CsvFormat(), layout, rows);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output.ToArray());
    }

    // Reads a field as the type that went in; a null is an empty field.
    private static object? Parse(string field, object? written) => written switch
    {
        null => field.Length == 0 ? null : field,
        long => long.Parse(field, CultureInfo.InvariantCulture),
        decimal => decimal.Parse(field, CultureInfo.InvariantCulture),
        bool => bool.Parse(field),
        DateOnly => DateOnly.ParseExact(field, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime => DateTimeOffset.Parse(field, CultureInfo.InvariantCulture).UtcDateTime,
        _ => field,
    };

    private static async Task<List<string[]>> ReadAsync(AsyncOnlyStream output)
    {
        using var text = new StreamReader(output.OpenRead(), Encoding.UTF8);
        await using var reader = await CsvDataReader.CreateAsync(
            text, new CsvDataReaderOptions { HasHeaders = true, Delimiter = ',', BufferSize = 1024 * 1024 });
        var records = new List<string[]>();
        while (await reader.ReadAsync(CancellationToken.None))
            records.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);

        return records;
    }

    private static async Task RepeatAsync(IRowWriter writer, RowBatch batch, int times)
    {
        for (var i = 0; i < times; i++)
            await writer.WriteAsync(batch, CancellationToken.None);
    }
}
