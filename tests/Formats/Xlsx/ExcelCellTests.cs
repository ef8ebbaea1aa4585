using System.Globalization;
using CsCheck;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Xlsx;
using MiniExcelLibs;

namespace ExportFunctions.Tests.Formats.Xlsx;

[Integration]
public sealed class ExcelCellTests
{
    private static readonly TimeZoneInfo Athens = TimeZoneInfo.FindSystemTimeZoneById("Europe/Athens");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_ReadsBackEqualInOpenPyxl_ForAwkwardValues(bool references)
    {
        var layout = SampleRows.Layout(
            options: new WriterOptions { CellReferences = references }, zone: Athens, rowsExpected: SampleRows.Awkward.Count);
        var (bytes, warnings) = await Workbooks.WriteAsync(SampleRows.Awkward, layout);

        var sheet = Assert.Single((await OpenPyxl.ReadAsync(bytes)).Sheets);

        Assert.Equal(
            [("number_as_text", "credits", 12L), (
                "number_as_text", "average", 8L), ("date_as_text", "born", 12L), ("date_as_text", "updated_at", 6L)],
            warnings.Select(warning => (warning.Code, warning.Column!, warning.Count)));
        Assert.Equal(
            ["Name", "Student number", "Credits", "Average", "Active", "Born", "Updated at (Europe/Athens)"],
            sheet.Rows[0].Select(cell => cell.Value));

        // openpyxl sees no row at the end that holds nothing when cells carry references.
        Assert.InRange(sheet.Rows.Count, SampleRows.Awkward.Count, SampleRows.Awkward.Count + 1);
        for (var i = 1; i < sheet.Rows.Count; i++)
            Assert.Equal(
                SampleRows.Awkward[i - 1].Select((value, column) => Expected(value, SampleRows.Columns[column].Scale ?? 0)), sheet.Rows[i]);
    }

    [Fact]
    public async Task Write_ReadsBackEqualInMiniExcel_ForAnyText()
    {
        var scalar = Gen.OneOf(
            Gen.Int[0, 0xD7FF],
            Gen.Int[0xE000, 0xFFFD],
            Gen.Int[0x10000, 0x10FFFF],
            Gen.Char["_x0041&<>'\" \t\r\n\u0007"].Select(sign => (int)sign));
        var text = scalar.Array[1, 20].Select(runes => string.Concat(runes.Select(char.ConvertFromUtf32)));
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };

        await text.Array[1, 20].SampleAsync(
            async texts =>
            {
                var (bytes, warnings) = await Workbooks.WriteAsync(
                    texts.Select(value => new object?[] { value }), SampleRows.Layout(columns, rowsExpected: texts.Length));
                using var stream = new MemoryStream(bytes);
                var read = stream.Query(useHeaderRow: false).Skip(1).Select(row => (string)row.A).ToList();
                return warnings.Count == 0 && texts.SequenceEqual(read);
            },
            iter: 30);
    }

    [Theory]
    [InlineData("_x0041_", "_x005F_x0041_")]
    [InlineData("_x0041", "_x0041")]
    [InlineData("_x00g1_", "_x00g1_")]
    [InlineData("_x0041_x0042_", "_x005F_x0041_x005F_x0042_")]
    [InlineData("_x0041\u0007", "_x005F_x0041_x0007_")]
    [InlineData("a\u0000b\u001f", "a_x0000_b_x001F_")]
    [InlineData("a\r\nb", "a&#xD;\nb")]
    [InlineData("<&>", "&lt;&amp;&gt;")]
    [InlineData("<p dir=\"rtl\" r='A1'>", "&lt;p dir=&quot;rtl&quot; r=&apos;A1&apos;&gt;")]
    public async Task Write_EscapesText_TheOoxmlWay(string text, string xml)
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };

        var (bytes, _) = await Workbooks.WriteAsync([[text]], SampleRows.Layout(columns, rowsExpected: 1));

        Assert.Contains($">{xml}</t>", await Workbooks.PartAsync(bytes, "xl/worksheets/sheet1.xml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a\n")]
    public async Task Write_PreservesSpace_AtTheEndsOfText(string text)
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };

        var (bytes, _) = await Workbooks.WriteAsync([[text]], SampleRows.Layout(columns, rowsExpected: 1));

        Assert.Contains(
            $"<t xml:space=\"preserve\">{text}</t>",
            await Workbooks.PartAsync(bytes, "xl/worksheets/sheet1.xml"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ReplacesAndCounts_WhatXmlCannotHold()
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };

        var (bytes, warnings) = await Workbooks.WriteAsync(
            [["a\uFFFFb\uFFFE"], ["fine \uFFFD \uFF21"], ["\ud800"]], SampleRows.Layout(columns, rowsExpected: 3));

        var sheet = Assert.Single((await OpenPyxl.ReadAsync(bytes)).Sheets);
        Assert.Equal(["X", "a\uFFFDb\uFFFD", "fine \uFFFD \uFF21", "\uFFFD"], sheet.Rows.Select(row => row[0].Value));
        Assert.Equal(1, Assert.Single(warnings, warning => warning.Code == "characters_replaced").Count);
    }

    [Theory]
    [InlineData("61EDA080EFBF", "a\uFFFD")]
    [InlineData("61C3E9", "a\uFFFD\uFFFD")]
    [InlineData("61C3", "a\uFFFD")]
    [InlineData("6180", "a\uFFFD")]
    [InlineData("61C3C3A9", "a\uFFFDé")]
    [InlineData("C0AF61", "\uFFFD\uFFFDa")]
    [InlineData("3031323334353637383961626364C3C3A9", "0123456789abcd\uFFFDé")]
    [InlineData("303132333435363738396162636465C3", "0123456789abcde\uFFFD")]
    [InlineData("303132333435363738396162636465C361", "0123456789abcde\uFFFDa")]
    public async Task Write_StaysReadable_WhenASourceGivesInvalidUtf8(string bytes, string start)
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };
        var batch = new RowBatch([ColumnType.Text]);
        batch.AddRow();
        batch.SetText(0, Convert.FromHexString(bytes));
        var output = new AsyncOnlyStream();

        await using var writer = new ExcelFormat().CreateWriter(output, SampleRows.Layout(columns, rowsExpected: 1));
        await writer.WriteAsync(batch, CancellationToken.None);
        await writer.CompleteAsync(CancellationToken.None);

        var value = output.OpenRead().Query(useHeaderRow: false).Skip(1).Select(row => (string)row.A).Single();
        Assert.StartsWith(start, value, StringComparison.Ordinal);
        Assert.Equal("characters_replaced", Assert.Single(writer.Warnings).Code);
    }

    [Fact]
    public async Task Write_TakesTextAsItIs_AtEveryLengthAroundAVector()
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };
        string[] texts = [.. Enumerable.Range(1, 70).SelectMany(length => new[] { new string('a', length), new string(
            'λ', length), new string('a', length - 1) + "ώ", new string('b', length - 1) + "中", new string('c', length - 1) + "<" })];

        var (bytes, warnings) = await Workbooks.WriteAsync(
            texts.Select(text => new object?[] { text }), SampleRows.Layout(columns, rowsExpected: texts.Length));

        Assert.Empty(warnings);
        Assert.Equal(texts, (await OpenPyxl.ReadAsync(bytes)).Sheets[0].Rows.Skip(1).Select(row => row[0].Value));
    }

    [Fact]
    public async Task Write_CutsAndCountsLongText_BetweenCharacters()
    {
        var columns = new[] { SampleRows.Column("x", "X", ColumnType.Text) };
        object?[][] rows =
            [[new string('a', 32_767)], [new string('a', 32_768)], [new string('a', 32_766) + "𝒳"], [new string('λ', 32_767)]];

        var (bytes, warnings) = await Workbooks.WriteAsync(rows, SampleRows.Layout(columns, rowsExpected: 4));

        using var stream = new MemoryStream(bytes);
        var read = stream.Query(useHeaderRow: false).Skip(1).Select(row => (string)row.A).ToList();
        Assert.Equal([new string('a', 32_767), new string('a', 32_767), new string('a', 32_766), new string('λ', 32_767)], read);
        Assert.Equal(2, Assert.Single(warnings, warning => warning.Code == "cell_truncated").Count);
    }

    [Fact]
    public async Task Write_TurnsNumbersIntoText_OnlyPastFifteenDigits()
    {
        var columns = new[] { SampleRows.Column("d", "D", ColumnType.Decimal, scale: 4) };
        decimal[] numbers =
        [
            0.0001m,
            99999999999.9999m,
            100000000000.0001m,
            1_000_000_000_000_000_000m,
            79228162514264337593543950335m,
            -0.00001m,
            1.00005m
        ];

        var (bytes, _) = await Workbooks.WriteAsync(
            numbers.Select(number => new object?[] { number }), SampleRows.Layout(columns, rowsExpected: numbers.Length));

        var cells = (await OpenPyxl.ReadAsync(bytes)).Sheets[0].Rows.Skip(1).Select(row => row[0]).ToList();
        Assert.Equal(["n", "n", "s", "n", "s", "n", "n"], cells.Select(cell => cell.Type));
        Assert.Equal("100000000000.0001", cells[2].Value);
        Assert.Equal("79228162514264337593543950335.0000", cells[4].Value);
        Assert.Equal("0", cells[5].Value);
        Assert.Equal("1.0001", cells[6].Value);
    }

    private static OpenPyxl.Cell Expected(object? value, int scale) => value switch
    {
        null => new("n", null),
        string text => new("s", text),
        bool flag => new("b", flag ? "True" : "False"),
        long number => new(Math.Abs((decimal)number) < 1e15m ? "n" : "s", number.ToString(CultureInfo.InvariantCulture)),
        decimal number => ExpectedNumber(number, scale),
        DateOnly date when date < new DateOnly(1900, 3, 1) => new("s", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        DateOnly date => new("d", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00.000"),
        DateTime instant => ExpectedTime(TimeZoneInfo.ConvertTimeFromUtc(instant, Athens)),
        _ => throw new ArgumentException("Not a cell.", nameof(value)),
    };

    private static OpenPyxl.Cell ExpectedNumber(decimal number, int scale)
    {
        var digits =
            Math.Abs(number).ToString("F" + scale, CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).Trim('0');
        return digits.Length > 15
            ? new("s", number.ToString("F" + scale, CultureInfo.InvariantCulture))
            : new("n", number.ToString("0.##", CultureInfo.InvariantCulture));
    }

    private static OpenPyxl.Cell ExpectedTime(DateTime local) => local < new DateTime(1900, 3, 1)
        ? new("s", local.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture))
        : new("d", local.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture));
}
