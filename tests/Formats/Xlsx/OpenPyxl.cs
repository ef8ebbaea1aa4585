using System.Diagnostics;
using System.Text.Json;

namespace ExportFunctions.Tests.Formats.Xlsx;

/// <summary>Reads workbooks with openpyxl, from Debian's python3-openpyxl. Tests are skipped without it, except in CI.</summary>
internal static class OpenPyxl
{
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import datetime, json, sys
        from openpyxl import load_workbook
        from openpyxl.utils.escape import unescape

        def cell(c):
            value = c.value
            if isinstance(value, datetime.datetime):
                value = value.isoformat(timespec="milliseconds")
            elif isinstance(value, str):
                value = unescape(value)
            return {"type": c.data_type, "value": None if value is None else str(value)}

        book = load_workbook(sys.argv[1])
        json.dump({
            "title": book.properties.title,
            "creator": book.properties.creator,
            "created": book.properties.created.isoformat(),
            "sheets": [{
                "name": sheet.title,
                "frozen": sheet.freeze_panes,
                "filter": sheet.auto_filter.ref,
                "tables": [{"name": table.displayName, "range": table.ref, "columns": [column.name for column in table.tableColumns]} for table in sheet.tables.values()],
                "rightToLeft": bool(sheet.sheet_view.rightToLeft),
                "bold": all(c.font.b for c in sheet[1]),
                "formats": [c.number_format for c in sheet[2]] if sheet.max_row > 1 else [],
                "widths": [sheet.column_dimensions[c.column_letter].width for c in sheet[1]],
                "rows": [[cell(c) for c in row] for row in sheet.iter_rows()],
            } for sheet in book.worksheets],
        }, sys.stdout)
        """;

    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    public static async Task<Book> ReadAsync(byte[] workbook)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.xlsx");
        await File.WriteAllBytesAsync(path, workbook);
        try
        {
            var (exitCode, output, error) = await RunAsync("-c", Script, path);
            if (exitCode != 0 && error.Contains("No module named 'openpyxl'", StringComparison.Ordinal))
                Missing();

            Assert.True(exitCode == 0, error);
            return JsonSerializer.Deserialize<Book>(output, CamelCase)!;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        if (!File.Exists(Python))
            Missing();

        using var process =
            Process.Start(new ProcessStartInfo(
                Python,
                arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["PYTHONIOENCODING"] = "utf-8" }
            })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    private static void Missing()
    {
        Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, "CI needs python3-openpyxl from Debian.");
        Assert.Skip("python3-openpyxl is not installed.");
    }

    internal sealed record Book(string Title, string Creator, string Created, IReadOnlyList<Sheet> Sheets);

    internal sealed record Sheet(
        string Name,
        string Frozen,
        string? Filter,
        IReadOnlyList<Table> Tables,
        bool RightToLeft,
        bool Bold,
        IReadOnlyList<string> Formats,
        IReadOnlyList<double> Widths,
        IReadOnlyList<IReadOnlyList<Cell>> Rows);

    internal sealed record Table(string Name, string Range, IReadOnlyList<string> Columns);

    /// <param name="Type">openpyxl's data type: <c>s</c>, <c>n</c>, <c>b</c>, <c>d</c>, and <c>f</c> for a formula.</param>
    /// <param name="Value">The value as Python's <c>str</c> shows it; dates and times as ISO 8601.</param>
    internal sealed record Cell(string Type, string? Value);
}
