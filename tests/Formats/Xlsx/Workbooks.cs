using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Xlsx;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Formats.Xlsx;

/// <summary>Writes workbooks for tests, each checked against the schemas on the way.</summary>
internal static class Workbooks
{
    public static async Task<(byte[] Bytes, IReadOnlyCollection<ExportWarning> Warnings)> WriteAsync(
        IEnumerable<object?[]> rows, FileLayout? layout = null, int sheetRows = XlsxLimits.SheetRows, int capacity = 64, int threads = 1)
    {
        var (output, warnings) =
            await SampleRows.WriteAsync(new ExcelFormat(sheetRows, threads), layout ?? SampleRows.Layout(), rows, capacity: capacity);
        var bytes = output.ToArray();
        Assert.Equal([], FaultsOf(bytes));
        return (bytes, warnings);
    }

    public static async Task<string> PartAsync(byte[] workbook, string name)
    {
        await using var zip = new ZipArchive(new MemoryStream(workbook), ZipArchiveMode.Read);
        await using var part = await zip.GetEntry(name)!.OpenAsync();
        using var reader = new StreamReader(part);
        return await reader.ReadToEndAsync();
    }

    /// <summary>What Office would find wrong.</summary>
    public static List<string> FaultsOf(byte[] workbook)
    {
        using var stream = new MemoryStream(workbook);
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        return [.. new OpenXmlValidator(
            FileFormatVersions.Microsoft365).Validate(document).Select(fault => $"{fault.Path?.XPath}: {fault.Description}")];
    }
}
