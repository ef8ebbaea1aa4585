using System.Globalization;
using System.Text.Json;
using ExportFunctions.Datasets;
using ExportFunctions.Formats;
using ExportFunctions.Formats.Jsonl;
using ExportFunctions.Tests.Formats.Records;

namespace ExportFunctions.Tests.Formats.Jsonl;

/// <summary>Read by Python's json, which keeps every digit, and by JavaScript's.</summary>
[Integration]
public sealed class JsonlReadersTests
{
    private const string Python = "/usr/bin/python3";

    // As many lines as Python sees, whose line breaks are Unicode's; numbers as they are written.
    private const string Script = """
        import json, sys
        lines = open(sys.argv[1], encoding="utf-8", newline="").read().splitlines()
        json.dump([json.loads(line, parse_int=lambda digits: "#" + digits, parse_float=lambda digits: "#" + digits) for line in lines], sys.stdout)
        """;

    private static readonly object?[][] Rows =
    [
        .. SampleRows.Awkward,
        ["", "0", 9_007_199_254_740_993L, -12.75m, false, new DateOnly(2024, 2, 29),
            new DateTime(2024, 6, 30, 23, 59, 59, 999, DateTimeKind.Utc)],
        ["last\u0085\u2028\u2029", "1", "a number", "NaN", null, "4713-01-01 BC", "infinity"],
    ];

    [Fact]
    public async Task Write_ReadsBackEqual_InPython()
    {
        if (!File.Exists(Python))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, "CI needs python3.");
            Assert.Skip("python3 is not installed.");
        }

        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.jsonl");
        await File.WriteAllBytesAsync(path, await WriteAsync(new WriterOptions()));
        var read = JsonElement.Parse(await ReaderProcess.RunAsync(Python, "-c", Script, path)).EnumerateArray().ToList();
        File.Delete(path);

        Assert.Equal(Rows.Length, read.Count);
        foreach (var (row, record) in Rows.Zip(read))
            Assert.Equal(
                row.Select((value, i) => Shown(value, SampleRows.Columns[i], "#")),
                record.EnumerateObject().Select(property => property.Value.ToString()));
    }

    [Fact]
    public async Task Write_ReadsBackEqual_InJavaScriptWithNumbersAsStrings()
    {
        var file = await WriteAsync(new WriterOptions { LargeIntegers = NumberForm.String, Decimals = NumberForm.String });

        var read = await NpmReaders.NdjsonAsync(file);

        Assert.Equal(Rows.Length, read.Count);
        foreach (var (row, record) in Rows.Zip(read))
            Assert.Equal(
                row.Select((value, i) => Shown(value, SampleRows.Columns[i], "")),
                record.EnumerateObject().Select(property => property.Value.ToString()));
    }

    private static async Task<byte[]> WriteAsync(WriterOptions options)
    {
        var (output, _) = await SampleRows.WriteAsync(
            new JsonlFormat(), SampleRows.Layout(options: options, rowsExpected: Rows.Length), Rows);
        return output.ToArray();
    }

    // The value as JsonElement.ToString gives it.
    private static string Shown(object? value, DatasetColumn column, string beforeNumbers) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "True" : "False",
        long number => beforeNumbers + number.ToString(CultureInfo.InvariantCulture),
        decimal number => beforeNumbers + number.ToString("F" + column.Scale, CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"No column type takes a {value.GetType().Name}.", nameof(value)),
    };
}
