using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Xml;
using ExportFunctions.Bench.Measuring;

namespace ExportFunctions.Bench.Scale;

/// <summary>Reads a file's first column, whatever its format, and checks that it counts from 1 to the number of rows.</summary>
internal static class KeyCheck
{
    private const int PagesBetweenSamples = 20_000;

    /// <summary>Checks a file.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="rows">The rows it must have.</param>
    /// <exception cref="SkippedException">A row is missing, is there twice, or stands in another place.</exception>
    public static async Task RunAsync(string format, string path, long rows)
    {
        var next = 1L;
        await foreach (var key in KeysOf(format, path))
        {
            if (key != next)
                throw new SkippedException(FormattableString.Invariant($"the {format} file has {key} where {next} should be"));

            next++;
        }

        if (next - 1 != rows)
            throw new SkippedException(FormattableString.Invariant($"the {format} file has {next - 1} rows, not {rows}"));
    }

    private static IAsyncEnumerable<long> KeysOf(string format, string path) => format switch
    {
        "csv" => OfCsv(path),
        "excel" => OfExcel(path),
        _ => OfPdf(path),
    };

    private static async IAsyncEnumerable<long> OfCsv(string path)
    {
        var isHeader = true;
        await foreach (var line in File.ReadLinesAsync(path))
        {
            if (!isHeader)
                yield return long.Parse(line.AsSpan(0, line.IndexOf(',', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

            isHeader = false;
        }
    }

    private static async IAsyncEnumerable<long> OfExcel(string path)
    {
        await using var zip = await ZipFile.OpenReadAsync(path);
        foreach (var sheet in zip.Entries.Where(entry => entry.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)))
        {
            await using var content = await sheet.OpenAsync();
            using var xml = XmlReader.Create(content);
            var isHeader = true;
            while (xml.ReadToFollowing("row"))
            {
                if (!isHeader)
                {
                    xml.ReadToFollowing("v");
                    yield return xml.ReadElementContentAsLong();
                }

                isHeader = false;
            }
        }
    }

    private static async IAsyncEnumerable<long> OfPdf(string path)
    {
        using var keys = new PdfKeys(path);
        var (page, firsts) = (0, new List<(int Page, long First)>());
        foreach (var rows in keys.Read())
        {
            page++;
            if (page % PagesBetweenSamples == 1)
                firsts.Add((page, rows[0]));

            foreach (var key in rows)
                yield return key;
        }

        foreach (var (number, first) in firsts)
            await CheckPageAsync(path, number, first);
    }

    // A foreign reader finds the same row first on the same page: the document's order is the file's.
    private static async Task CheckPageAsync(string path, int page, long first)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(new ProcessStartInfo(
            "pdftotext", ["-f", number, "-l", number, "-layout", path, "-"])
        { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var found = text.Split('\n').Select(line => line.Trim().Split(' ')[0]).FirstOrDefault(
            word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        if (found != first.ToString(CultureInfo.InvariantCulture))
            throw new SkippedException(FormattableString.Invariant($"page {page} of the pdf file begins with {found}, not {first}"));
    }
}
