using System.Globalization;
using System.Text;
using ExportFunctions.Tests.Formats.Pdf;
using MiniExcelLibs;
using UglyToad.PdfPig;

namespace ExportFunctions.Tests.Integration;

/// <summary>Reads the first column of a file's rows, a number in each, in the file's order.</summary>
internal static class ExportedKeys
{
    public static IEnumerable<int> Of(string format, byte[] file) => format switch
    {
        "csv" => OfCsv(file),
        "excel" => OfExcel(file),
        "pdf" => OfPdf(file),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, message: null),
    };

    private static IEnumerable<int> OfCsv(byte[] file) =>
        Encoding.UTF8.GetString(file).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(line => int.Parse(line.AsSpan(0, line.IndexOf(',', StringComparison.Ordinal)), CultureInfo.InvariantCulture));

    // Every row begins with its number; titles, headers and feet do not.
    private static IEnumerable<int> OfPdf(byte[] file)
    {
        using var document = PdfDocument.Open(file);
        foreach (var page in document.GetPages())
        {
            foreach (var line in PdfReading.Lines(page))
            {
                if (line.Split(" | ") is [var id, var mentions]
                    && int.TryParse(id, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
                    && int.TryParse(mentions, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _))
                    yield return number;
            }
        }
    }

    // Every sheet has the header.
    private static IEnumerable<int> OfExcel(byte[] file)
    {
        using var stream = new MemoryStream(file);
        foreach (var sheet in stream.GetSheetNames())
        {
            foreach (var row in stream.Query(useHeaderRow: true, sheetName: sheet).Cast<IDictionary<string, object?>>())
                yield return Convert.ToInt32(row.Values.First(), CultureInfo.InvariantCulture);
        }
    }
}
