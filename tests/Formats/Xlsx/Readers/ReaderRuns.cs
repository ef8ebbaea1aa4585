using System.Diagnostics;
using System.Text.Json;
using ExportFunctions.Local.Hosting;
using Sylvan.Data.Csv;

namespace ExportFunctions.Tests.Formats.Xlsx.Readers;

/// <summary>
/// A sheet as a reader found it: its cells as <c>s:</c>, <c>n:</c>, <c>b:</c> or <c>d:</c> and the value, <c>x:</c> and the text where a
/// reader knows no types, null for none.
/// </summary>
internal sealed record ReadSheet(string Name, IReadOnlyList<IReadOnlyList<string?>> Rows);

/// <summary>What a reader made of a file: its sheets, or why it could not.</summary>
internal sealed record ReadBook(string Reader, string File, string? Fault, IReadOnlyList<ReadSheet>? Sheets);

/// <summary>Runs the foreign readers over a folder of workbooks, each program once for all of them where it can be.</summary>
internal static class ReaderRuns
{
    // Comma, quotes, UTF-8, from row 1; numbers and dates as they are shown, every sheet in a file of its own.
    private const string LibreOfficeFilter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1";

    private static readonly string Folder = Path.Combine(Repository.Find().Root, "tests", "Formats", "Xlsx", "Readers");

    public static async Task<IReadOnlyList<ReadBook>> NodeAsync(string folder)
    {
        Need(
            Path.Combine(Folder, "Node", "node_modules", "exceljs"),
            "exceljs is not installed: run npm ci in tests/Formats/Xlsx/Readers/Node");
        return Parse(await RunAsync("node", [Path.Combine(Folder, "Node", "read.cjs"), folder]));
    }

    public static async Task<IReadOnlyList<ReadBook>> DotnetAsync(string folder)
    {
        var configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        var program = Path.Combine(Folder, "Dotnet", "bin", configuration, "net10.0", "ExportFunctions.Tests.XlsxReaders.dll");
        Need(program, "the .NET readers are not built: run dotnet build ExportFunctions.sln");
        return Parse(await RunAsync("dotnet", [program, folder]));
    }

    public static async Task<IReadOnlyList<ReadBook>> PythonAsync(string folder)
    {
        Need("/usr/lib/python3/dist-packages/openpyxl", "CI needs python3-openpyxl from Debian.");
        return Parse(await RunAsync("/usr/bin/python3", [Path.Combine(Folder, "Python", "read.py"), folder]));
    }

    public static async Task<IReadOnlyList<ReadBook>> LibreOfficeAsync(string folder)
    {
        Need("/usr/bin/soffice", "CI needs libreoffice-calc-nogui from Debian.");
        var output = Directory.CreateDirectory(Path.Combine(folder, "libreoffice")).FullName;

        // A profile of its own: another LibreOffice on the machine would take the call over.
        await RunAsync("/usr/bin/soffice", [$"-env:UserInstallation={new Uri(Path.Combine(folder, "profile"))}", "--headless", "--convert-to", LibreOfficeFilter, "--outdir", output, .. Books(folder)]);
        return [.. await Task.WhenAll(Books(folder).Select(
            book => CsvAsync("LibreOffice", book, Directory.GetFiles(output, Path.GetFileNameWithoutExtension(book) + "-*.csv"))))];
    }

    public static async Task<IReadOnlyList<ReadBook>> GnumericAsync(string folder)
    {
        Need("/usr/bin/ssconvert", "CI needs gnumeric from Debian.");
        var output = Directory.CreateDirectory(Path.Combine(folder, "gnumeric")).FullName;
        var books = new List<ReadBook>();
        foreach (var book in Books(folder))
        {
            var name = Path.GetFileNameWithoutExtension(book);
            await RunAsync(
                "/usr/bin/ssconvert",
                ["-S", "--export-type=Gnumeric_stf:stf_assistant", "-O", "separator=, quoting-mode=always format=preserve"
                    + " eol=unix", book, Path.Combine(
                    output,
                    $"{name}-%n.csv")]);
            books.Add(await CsvAsync("gnumeric", book, Directory.GetFiles(output, name + "-*.csv")));
        }

        return books;
    }

    public static async Task<IReadOnlyList<ReadBook>> Xlsx2CsvAsync(string folder)
    {
        Need("/usr/bin/xlsx2csv", "CI needs xlsx2csv from Debian.");
        var output = Directory.CreateDirectory(Path.Combine(folder, "xlsx2csv")).FullName;
        var books = new List<ReadBook>();
        foreach (var book in Books(folder))
        {
            var files = Path.Combine(output, Path.GetFileNameWithoutExtension(book));
            try
            {
                await RunAsync("/usr/bin/xlsx2csv", ["--all", "--quoting", "all", "--dateformat", "%Y-%m-%dT%H:%M:%S.%f", "--timeformat", "%H:%M:%S.%f", "--floatformat", "%.15g", book, files]);
                books.Add(await CsvAsync("xlsx2csv", book, Directory.GetFiles(files)));
            }
            catch (InvalidOperationException fault)
            {
                books.Add(new ReadBook("xlsx2csv", Path.GetFileName(book), fault.Message, null));
            }
        }

        return books;
    }

    private static IReadOnlyList<string> Books(string folder) => [.. Directory.GetFiles(folder, "*.xlsx").Order(StringComparer.Ordinal)];

    private static async Task<ReadBook> CsvAsync(string reader, string book, IEnumerable<string> files)
    {
        var sheets = new List<ReadSheet>();
        foreach (var file in files.OrderBy(file => file.Length).ThenBy(file => file, StringComparer.Ordinal))
        {
            var rows = new List<IReadOnlyList<string?>>();
            await using var csv =
                await CsvDataReader.CreateAsync(file, new CsvDataReaderOptions { HasHeaders = false, BufferSize = 1 << 20 });
            while (await csv.ReadAsync())
                rows.Add([.. Enumerable.Range(
                    0, csv.RowFieldCount).Select(field => csv.GetString(field) is { Length: > 0 } text ? "x:" + text : null)]);

            sheets.Add(new ReadSheet(Path.GetFileNameWithoutExtension(file), rows));
        }

        return new ReadBook(reader, Path.GetFileName(book), null, sheets);
    }

    private static IReadOnlyList<ReadBook> Parse(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
            line => JsonSerializer.Deserialize<ReadBook>(line, JsonSerializerOptions.Web)!)];

    private static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PYTHONIOENCODING"] = "utf-8" },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(
            $"{program} ended with {process.ExitCode}: {await error}");
    }

    private static void Need(string path, string missing)
    {
        if (Path.Exists(path))
            return;

        Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, missing);
        Assert.Skip(missing);
    }
}
