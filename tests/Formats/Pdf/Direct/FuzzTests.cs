using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using UglyToad.PdfPig;

namespace ExportFunctions.Tests.Formats.Pdf.Direct;

/// <summary>Random rows, the same every time, read by programs we did not write.</summary>
[Integration]
public sealed class FuzzTests
{
    public static TheoryData<int, CellOverflow, bool> Rounds { get; } = new()
    {
        { 1, CellOverflow.Ellipsis, false },
        { 2, CellOverflow.Ellipsis, true },
        { 3, CellOverflow.Wrap, false },
        { 4, CellOverflow.Wrap, true },
        { 5, CellOverflow.Ellipsis, false },
        { 6, CellOverflow.Wrap, true },
    };

    [Theory]
    [MemberData(nameof(Rounds))]
    public async Task Write_GivesASoundFile_ForRandomRows(int seed, CellOverflow overflow, bool tagged)
    {
        var random = new Random(seed);
        DatasetColumn[] columns = [.. Enumerable.Range(0, random.Next(1, 14)).Select(i => RandomColumn(random, i))];
        var rows = Enumerable.Range(0, 400).Select(_ => columns.Select(column => RandomValue(random, column.Type)).ToArray()).ToList();
        var layout = SampleRows.Layout(columns, new WriterOptions { Overflow = overflow, Tagged = tagged }, rowsExpected: rows.Count);

        var file = await PdfWriting.FileAsync(layout, rows, PdfWriting.Format(threads: 2));

        using var document = PdfDocument.Open(file);
        Assert.All(document.GetPages(), page => Assert.NotEmpty(page.Letters));
        var (exitCode, output) = await ForeignProgram.RunAsync("qpdf", "--check", file);
        Assert.True(exitCode == 0, output);
        var (_, errors) = await ForeignProgram.RunAsync("pdftotext", "-q", file, "/dev/null");
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Write_TakesAThousandColumns()
    {
        DatasetColumn[] columns = [.. Enumerable.Range(0, 1000).Select(i => SampleRows.Column($"c{i}", $"C{i}", ColumnType.Integer))];
        object?[][] rows = [[.. Enumerable.Range(0, 1000).Select(i => (object?)(long)i)]];

        var pages = PdfReading.Lines(await PdfWriting.FileAsync(SampleRows.Layout(columns, rowsExpected: 1), rows));

        var cells = pages.SelectMany(page => page).SelectMany(line => line.Split(" | ")).ToHashSet();
        Assert.All(Enumerable.Range(0, 1000), i => Assert.Contains(i.ToString(System.Globalization.CultureInfo.InvariantCulture), cells));
    }

    private static DatasetColumn RandomColumn(Random random, int index) =>
        SampleRows.Column(
            $"c{index}",
            RandomText(random, 30),
            (ColumnType)random.Next(7),
            scale: random.Next(0, 5),
            width: random.Next(3) == 0 ? random.Next(1, 60) : null);

    private static object? RandomValue(Random random, ColumnType type) => random.Next(8) == 0 ? null : type switch
    {
        ColumnType.Integer => random.Next(10) == 0 ? long.MinValue : random.NextInt64(-1_000_000, 1_000_000),
        ColumnType.Decimal => random.Next(10) == 0 ? decimal.MinValue : new decimal(
            random.Next(), random.Next(), 0, random.Next(2) == 0, (byte)random.Next(0, 20)),
        ColumnType.Boolean => random.Next(2) == 0,
        ColumnType.Date => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)),
        ColumnType.Timestamp => new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc),
        _ => random.Next(5) == 0 ? SampleRows.AwkwardTexts[random.Next(SampleRows.AwkwardTexts.Length)] : RandomText(
            random, random.Next(20) == 0 ? 3000 : 40),
    };

    // Every plane, lone surrogates, controls and marks of direction included.
    private static string RandomText(Random random, int most)
    {
        (int First, int Last)[] ranges =
        [
            (0x20, 0x7E),
            (0x20, 0x7E),
            (0x370, 0x3FF),
            (0, 0x2FF),
            (0x590, 0x6FF),
            (0x900, 0xDFF),
            (0x2000, 0x206F),
            (0x4E00, 0x4FFF),
            (0xD800, 0xDFFF)
        ];
        var text = new char[random.Next(most) + 1];
        for (var i = 0; i < text.Length;)
        {
            var (first, last) = ranges[random.Next(ranges.Length)];
            for (var run = random.Next(8); run >= 0 && i < text.Length; run--)
                text[i++] = (char)random.Next(first, last + 1);
        }

        return new string(text);
    }
}
