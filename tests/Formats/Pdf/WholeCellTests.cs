using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using UglyToad.PdfPig;

namespace ExportFunctions.Tests.Formats.Pdf;

/// <summary>Numbers, dates and identifiers are never cut, and stand clear of what is beside them.</summary>
[Integration]
public sealed class WholeCellTests
{
    private const string Hash =
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a089f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly DatasetColumn[] Columns =
    [
        SampleRows.Column("code", "Code", ColumnType.Identifier),
        SampleRows.Column("amount", "Amount", ColumnType.Decimal, scale: 2),
        SampleRows.Column("name", "Name", ColumnType.Text),
    ];

    [Theory]
    [InlineData(CellOverflow.Ellipsis, false)]
    [InlineData(CellOverflow.Wrap, false)]
    [InlineData(CellOverflow.Ellipsis, true)]
    public async Task Write_ShowsEveryCharacter_WhenLaterValuesAreLonger(CellOverflow overflow, bool isRightToLeft)
    {
        var options = new WriterOptions { Overflow = overflow, RightToLeft = isRightToLeft, Orientation = PageOrientation.Portrait };
        object?[][] first = [.. Enumerable.Range(0, 10).Select(i => new object?[] { "A1", 1.5m, "short" })];
        object?[] later = [Hash, -123456789012345678901234.56m, "end"];
        var layout = SampleRows.Layout(Columns, options, rowsExpected: 10);

        var (output, warnings) = await SampleRows.WriteAsync(PdfWriting.Format(), layout, [.. first, later], capacity: 10);

        var text = Characters(output.ToArray());
        Assert.Contains(Hash, text, StringComparison.Ordinal);
        Assert.Contains("-123456789012345678901234.56", text, StringComparison.Ordinal);
        Assert.DoesNotContain("…", text, StringComparison.Ordinal);
        Assert.DoesNotContain(warnings, warning => warning.Code == "cell_truncated");
        await CheckInsideAsync(output.ToArray());
    }

    [Fact]
    public async Task Write_CountsWhatIsSmall()
    {
        object?[][] first = [.. Enumerable.Range(0, 10).Select(i => new object?[] { "A1", 1.5m, "short" })];

        var (_, warnings) = await SampleRows.WriteAsync(
            PdfWriting.Format(), SampleRows.Layout(Columns, rowsExpected: 10), [.. first, [Hash, 1m, ""]], capacity: 10);

        Assert.Equal(("cell_shrunk", 1), (Assert.Single(warnings).Code, Assert.Single(warnings).Count));
    }

    [Theory]
    [InlineData("שלום")]
    [InlineData("識別子")]
    [InlineData("ΧΨΩ")]
    public async Task Write_ShowsEveryCharacter_OfIdentifiersInOtherScripts(string word)
    {
        var identifier = string.Concat(Enumerable.Repeat(word, 12));
        object?[][] first = [.. Enumerable.Range(0, 10).Select(i => new object?[] { "A1", 1.5m, "short" })];

        var (output, warnings) = await SampleRows.WriteAsync(
            PdfWriting.Format(), SampleRows.Layout(Columns, rowsExpected: 10), [.. first, [identifier, 1m, "x"]], capacity: 10);

        Assert.DoesNotContain(warnings, warning => warning.Code == "cell_truncated");
        using var document = PdfDocument.Open(output.ToArray());
        Assert.Equal(identifier.Order(), string.Concat(document.GetPage(1).Letters.Where(letter => letter.Value.Any(word.Contains)).Select(
            letter => letter.Value)).Where(word.Contains).Order().TakeLast(identifier.Length));
    }

    [Fact]
    public async Task Write_GivesIdentifiersTheWidthTheyNeed_WhateverTheDatasetSays()
    {
        DatasetColumn[] columns =
        [
            SampleRows.Column("code", "Code", ColumnType.Identifier, width: 4),
            SampleRows.Column("name", "Name", ColumnType.Text, width: 4)
        ];
        object?[][] rows = [["0123456789-0123456789", "a name too long for four characters"]];

        var (output, warnings) = await SampleRows.WriteAsync(PdfWriting.Format(), SampleRows.Layout(columns, rowsExpected: 1), rows);

        Assert.Contains(
            PdfReading.Lines(output.ToArray())[0],
            line => line.StartsWith("0123456789-0123456789 | ", StringComparison.Ordinal) && line.EndsWith('…'));
        Assert.Equal("cell_truncated", Assert.Single(warnings).Code);
    }

    [Fact]
    public async Task Write_NeverCutsAKey_ThoughItIsText()
    {
        DatasetColumn[] columns =
            [SampleRows.Column("title", "Title", ColumnType.Text, width: 6), SampleRows.Column("name", "Name", ColumnType.Text)];
        object?[][] first = [["a", "b"], ["c", "d"]];
        var key = "The whole of the key, however long it may be, since it tells records apart";
        var layout = SampleRows.Layout(columns, rowsExpected: 2) with { KeyColumns = ["title"] };

        var (output, warnings) = await SampleRows.WriteAsync(PdfWriting.Format(), layout, [.. first, [key, "e"]], capacity: 2);

        Assert.Contains(
            key.Replace(" ", "", StringComparison.Ordinal),
            Characters(output.ToArray()).Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.DoesNotContain(warnings, warning => warning.Code == "cell_truncated");
    }

    [Fact]
    public async Task Write_LeavesRoom_BetweenANumberAndTheTextBesideIt()
    {
        var rows =
            Enumerable.Range(0, 30).Select(i => new object?[] { $"A{i}", i * 1111.11m, string.Concat(Enumerable.Repeat("text ", 40)) });

        using var document = PdfDocument.Open(await PdfWriting.FileAsync(SampleRows.Layout(Columns, rowsExpected: 30), rows));

        var lines = document.GetPage(1).Letters.GroupBy(
            letter => Math.Round(letter.StartBaseLine.Y)).Where(line => line.Any(letter => letter.Value == "t")).Skip(3).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            var sorted = line.OrderBy(letter => letter.StartBaseLine.X).ToList();
            var text = sorted.FindIndex(letter => letter.Value == "t");
            if (text > 0 && char.IsAsciiDigit(sorted[text - 1].Value[0]))
                Assert.True(sorted[text].StartBaseLine.X - sorted[text - 1].EndBaseLine.X > sorted[text].PointSize * 1.4);
        });
    }

    [Fact]
    public async Task Write_RunsFromRightToLeft_WhenAsked()
    {
        var layout = SampleRows.Layout(Columns, new WriterOptions { RightToLeft = true }, rowsExpected: 100);
        var rows = Enumerable.Range(0, 100).Select(i => new object?[] { "CODE", 1.5m, "NAME" });

        var pages = PdfReading.Lines(await PdfWriting.FileAsync(layout, rows));

        Assert.All(pages, page => Assert.Contains("Name | Amount | Code", page));
        Assert.Contains("NAME | 1.50 | CODE", pages[0]);
        Assert.All(pages.Index(), page => Assert.Equal($"Page {page.Index + 1} of {pages.Count} | Students", page.Item[^1]));
    }

    // The characters of the document in the order of its content.
    private static string Characters(byte[] file)
    {
        using var document = PdfDocument.Open(file);
        return string.Concat(document.GetPages().SelectMany(page => page.Letters).Select(letter => letter.Value));
    }

    private static async Task CheckInsideAsync(byte[] file)
    {
        using var document = PdfDocument.Open(file);
        foreach (var page in document.GetPages())
            Assert.All(page.Letters, letter => Assert.InRange(letter.EndBaseLine.X, 35, page.Width - 35));

        var (exitCode, output) = await ForeignProgram.RunAsync("qpdf", "--check", file);
        Assert.True(exitCode == 0, string.Create(CultureInfo.InvariantCulture, $"{exitCode}: {output}"));
    }
}
