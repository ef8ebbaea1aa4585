using System.Diagnostics;

namespace ExportFunctions.Tests.Formats.Pdf;

/// <summary>Programs we did not write read the files: qpdf and poppler's pdftotext, which CI installs.</summary>
public sealed class ForeignPdfReaderTests
{
    [Fact]
    public async Task Qpdf_FindsNoFault_InAwkwardRows()
    {
        var file = await PdfWriting.FileAsync(SampleRows.Layout(rowsExpected: SampleRows.Awkward.Count), SampleRows.Awkward);

        var (exitCode, output) = await RunAsync("qpdf", "--check", file);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task PdfToText_FindsEveryScript_InReadingOrder()
    {
        string[] texts = ["Ελένη Παπαδοπούλου", "Zoë Müller-Ångström", "Иванов", "שלום עולם", "مرحبا بالعالم", "office ﬁle", "e\u0301 combining"];
        var columns = new[] { SampleRows.Column("name", "Name", ExportFunctions.Datasets.ColumnType.Text) };
        var file = await PdfWriting.FileAsync(SampleRows.Layout(columns, rowsExpected: texts.Length), texts.Select(text => new object?[] { text }));

        var (exitCode, output) = await RunAsync("pdftotext", "-layout", file, "-");

        Assert.Equal(0, exitCode);
        var marksOut = output.Replace("\u202b", "", StringComparison.Ordinal).Replace("\u202c", "", StringComparison.Ordinal).Normalize();
        Assert.All(texts, text => Assert.Contains(text.Normalize(), marksOut, StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string argument, byte[] file, params string[] further)
    {
        var isInstalled = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
        if (!isInstalled && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
            Assert.Skip($"{program} is not installed.");

        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.pdf");
        await File.WriteAllBytesAsync(path, file);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, [argument, path, .. further]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
