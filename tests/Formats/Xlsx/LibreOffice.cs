using System.Diagnostics;
using Sylvan.Data.Csv;

namespace ExportFunctions.Tests.Formats.Xlsx;

/// <summary>Has LibreOffice read workbooks. A test that needs it is skipped where it is missing, except in CI, which installs it.</summary>
internal static class LibreOffice
{
    /// <summary>Comma, quotes, UTF-8, from row 1; numbers come as they are, dates and booleans as they are shown.</summary>
    public const string ValuesAsTheyAre = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false";

    /// <summary>The same, with all cells as they are shown.</summary>
    public const string CellsAsShown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true";

    private const string Program = "/usr/bin/soffice";

    /// <summary>The rows of the first sheet, as LibreOffice writes them to CSV.</summary>
    /// <param name="workbook">The workbook.</param>
    /// <param name="filter">How the CSV is written.</param>
    public static async Task<List<string[]>> ConvertAsync(byte[] workbook, string filter)
    {
        if (!File.Exists(Program))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, "CI needs libreoffice-calc-nogui from Debian.");
            Assert.Skip("LibreOffice is not installed.");
        }

        var folder = Directory.CreateTempSubdirectory("xlsx").FullName;
        try
        {
            var path = Path.Combine(folder, "book.xlsx");
            await File.WriteAllBytesAsync(path, workbook);

            // A profile of its own: another LibreOffice on the machine would take the call over.
            string[] arguments =
            [
                $"-env:UserInstallation={new Uri(Path.Combine(folder, "profile"))}",
                "--headless",
                "--convert-to",
                filter,
                "--outdir",
                folder,
                path
            ];
            using var process = Process.Start(new ProcessStartInfo(
                Program, arguments)
            { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.True(process.ExitCode == 0, await error);
            return await ReadAsync(Path.Combine(folder, "book.csv"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<string[]>> ReadAsync(string path)
    {
        var rows = new List<string[]>();
        await using var reader = await CsvDataReader.CreateAsync(path, new CsvDataReaderOptions { HasHeaders = false });
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.RowFieldCount).Select(reader.GetString)]);

        return rows;
    }
}
