using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Xml;
using ExportFunctions.Bench.Measuring;

namespace ExportFunctions.Bench.Scale;

/// <summary>Reads a file's first column, whatever its format, and checks that it counts from 1 to the number of rows.</summary>
internal static class KeyCheck
{
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

    // A row is a line that begins with its number; titles, headers and feet do not.
    private static async IAsyncEnumerable<long> OfPdf(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", path, "-"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var first = line.Trim();
            var end = first.IndexOf(' ', StringComparison.Ordinal);
            if (end > 0 && long.TryParse(first.AsSpan(0, end), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var key) && !line.Contains(" records · ", StringComparison.Ordinal))
                yield return key;
        }

        await process.WaitForExitAsync();
    }
}
