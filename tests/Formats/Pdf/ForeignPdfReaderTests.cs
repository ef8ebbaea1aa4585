using ExportFunctions.Formats;
using UglyToad.PdfPig;

namespace ExportFunctions.Tests.Formats.Pdf;

/// <summary>Programs we did not write read the files: qpdf and poppler's pdftotext, which CI installs.</summary>
[Integration]
public sealed class ForeignPdfReaderTests
{
    [Fact]
    public async Task Qpdf_FindsNoFault_InAwkwardRows()
    {
        var file = await PdfWriting.FileAsync(SampleRows.Layout(rowsExpected: SampleRows.Awkward.Count), SampleRows.Awkward);

        var (exitCode, output) = await ForeignProgram.RunAsync("qpdf", "--check", file);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task PdfToText_FindsEveryScript_InReadingOrder()
    {
        string[] texts =
            ["Ελένη Παπαδοπούλου", "Zoë Müller-Ångström", "Иванов", "שלום עולם", "مرحبا بالعالم", "office ﬁle", "e\u0301 combining"];
        var columns = new[] { SampleRows.Column("name", "Name", ExportFunctions.Datasets.ColumnType.Text) };
        var file = await PdfWriting.FileAsync(
            SampleRows.Layout(columns, rowsExpected: texts.Length), texts.Select(text => new object?[] { text }));

        var (exitCode, output) = await ForeignProgram.RunAsync("pdftotext", "-layout", file, "-");

        Assert.Equal(0, exitCode);
        var marksOut = output.Replace("\u202b", "", StringComparison.Ordinal).Replace("\u202c", "", StringComparison.Ordinal).Normalize();
        Assert.All(texts, text => Assert.Contains(text.Normalize(), marksOut, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PdfToText_FindsTheCharacters_ThatAreShownAsBoxes()
    {
        var columns = new[] { SampleRows.Column("name", "Name", ExportFunctions.Datasets.ColumnType.Text) };
        var file = await PdfWriting.FileAsync(SampleRows.Layout(columns, rowsExpected: 1), [["a 山田 b 𝒳"]]);

        var (_, output) = await ForeignProgram.RunAsync("pdftotext", "-layout", file, "-");

        Assert.Contains("山田", output, StringComparison.Ordinal);
        Assert.Contains("𝒳", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Qpdf_FindsNoFault_InThousandsOfPages()
    {
        const int Rows = 130_000;
        var layout = SampleRows.Layout(rowsExpected: Rows, options: new WriterOptions { Orientation = PageOrientation.Landscape });
        var file = await PdfWriting.FileAsync(layout, SampleRows.Ordinary(Rows), PdfWriting.Format(threads: 2));

        var (exitCode, output) = await ForeignProgram.RunAsync("qpdf", "--check", file);

        using var document = PdfDocument.Open(file);
        Assert.True(exitCode == 0, output);
        Assert.InRange(document.NumberOfPages, 64 * 64 + 1, 10_000);
        Assert.EndsWith(
            $"Page {document.NumberOfPages} of {document.NumberOfPages}",
            PdfReading.Lines(document.GetPage(document.NumberOfPages))[^1],
            StringComparison.Ordinal);
        Assert.EndsWith($"Page 4097 of {document.NumberOfPages}", PdfReading.Lines(document.GetPage(4097))[^1], StringComparison.Ordinal);
    }
}
