using System.Text.Json;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Formats.Records;

/// <summary>
/// Reads files with libraries of npm: papaparse and ndjson. Tests are skipped where they are not installed, except in CI, where they fail.
/// </summary>
internal static class NpmReaders
{
    /// <summary>The records that papaparse finds; it must find no error.</summary>
    public static async Task<List<string[]>> PapaparseAsync(byte[] file, char delimiter)
    {
        var found = await RunAsync(file, "papaparse", delimiter.ToString());
        Assert.Empty(found.GetProperty("errors").EnumerateArray());
        return [.. found.GetProperty(
            "records").EnumerateArray().Select(record => record.EnumerateArray().Select(field => field.GetString()!).ToArray())];
    }

    /// <summary>The objects that ndjson finds, as JavaScript has them.</summary>
    public static async Task<List<JsonElement>> NdjsonAsync(byte[] file) => [.. (await RunAsync(file, "ndjson")).EnumerateArray()];

    private static async Task<JsonElement> RunAsync(byte[] file, string kind, params string[] further)
    {
        var folder = Path.Combine(Repository.Find().Root, "tests", "Formats", "Records", "Readers");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", kind)))
        {
            var missing = $"{kind} is not installed: run npm ci in tests/Formats/Records/Readers";
            Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, missing);
            Assert.Skip(missing);
        }

        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.txt");
        await File.WriteAllBytesAsync(path, file);
        try
        {
            return JsonElement.Parse(await ReaderProcess.RunAsync("node", [Path.Combine(folder, "read.cjs"), kind, path, .. further]));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
