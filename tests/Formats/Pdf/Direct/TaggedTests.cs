using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using UglyToad.PdfPig;

namespace ExportFunctions.Tests.Formats.Pdf.Direct;

[Integration]
public sealed class TaggedTests
{
    private static readonly WriterOptions Tagged = new() { Tagged = true };

    [Fact]
    public async Task Poppler_FindsTitlesAndTable_InTheStructure()
    {
        DatasetColumn[] columns =
        [
            SampleRows.Column("code", "Code", ColumnType.Identifier),
            SampleRows.Column("credits", "Credits", ColumnType.Integer),
            SampleRows.Column("name", "Name", ColumnType.Text)
        ];
        object?[][] rows = [["0001", 12L, "Zoë"], ["0002", null, "שלום"]];
        var file = await PdfWriting.FileAsync(SampleRows.Layout(columns, Tagged, rowsExpected: 2), rows);

        var (_, output) = await ForeignProgram.RunAsync("pdfinfo", "-struct-text", file);

        var lines =
            output.Split('\n').Select(line => line.Trim().Split(" (")[0].Split("  ")[0].TrimEnd(':')).Where(line => line.Length > 0);
        string[] expected =
        [
            "Document", "H1", "\"Students\"", "P", "\"2 records · Created 14 March 2026, 15:09:26 UTC\"", "Table",
            "THead", "TR", "TH", "\"Code\"", "TH", "\"Credits\"", "TH", "\"Name\"",
            "TBody", "TR", "TD", "\"0001\"", "TD", "\"12\"", "TD", "\"Zoë\"", "TR", "TD", "\"0002\"", "TD", "TD", "\"שלום\"",
        ];
        Assert.Equal(expected.Where(line => line[0] is not '"'), lines.Where(line => line[0] is not '"' and not '/'));
        Assert.Subset(lines.ToHashSet(), expected.Where(line => !line.Contains('ש', StringComparison.Ordinal)).ToHashSet());
    }

    [Theory]
    [InlineData(CellOverflow.Ellipsis)]
    [InlineData(CellOverflow.Wrap)]
    public async Task Qpdf_FindsNoFault_WhenColumnsAndRowsTakeManyPages(CellOverflow overflow)
    {
        DatasetColumn[] columns = [.. Enumerable.Range(1, 40).Select(i => SampleRows.Column($"c{i}", $"Heading{i}", ColumnType.Text))];
        var rows =
            Enumerable.Range(0, 120).Select(row => columns.Select(column => (object?)$"some longer text {row} of {column.Name}").ToArray());
        var file = await PdfWriting.FileAsync(SampleRows.Layout(columns, Tagged with { Overflow = overflow }, rowsExpected: 120), rows);

        var (exitCode, output) = await ForeignProgram.RunAsync("qpdf", "--check", file);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Write_MarksAllText_AsContentOrArtifact()
    {
        var file = await PdfWriting.FileAsync(SampleRows.Layout(options: Tagged, rowsExpected: 100), SampleRows.Ordinary(100));

        using var document = PdfDocument.Open(file);
        var text = Encoding.Latin1.GetString(file);
        Assert.Contains("/MarkInfo<</Marked true>>", text, StringComparison.Ordinal);
        Assert.Contains("<pdfuaid:part>1</pdfuaid:part>", text, StringComparison.Ordinal);
        foreach (var page in document.GetPages())
        {
            var marked = page.GetMarkedContents().Where(content => content.Tag is "TD" or "TH" or "H1" or "P").ToList();
            Assert.Equal(Enumerable.Range(0, marked.Count), marked.Select(content => content.MarkedContentIdentifier).Order());
            Assert.NotEmpty(marked);
        }
    }
}
