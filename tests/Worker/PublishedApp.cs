using System.Diagnostics;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Worker;

/// <summary>
/// The app as it is deployed. test.sh publishes it; where that was not run, or sources are newer, the first test that asks does.
/// </summary>
internal static class PublishedApp
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly string Root = Repository.Find().Root;
    private static readonly Lazy<Task<string>> Ready = new(PublishAsync);

    /// <summary>Its folder.</summary>
    public static Task<string> FolderAsync() => Ready.Value;

    private static async Task<string> PublishAsync()
    {
        var folder = Path.Combine(Root, "tests/bin/published/app");
        var stamp = new FileInfo(Path.Combine(folder, "published.stamp"));
        if (!stamp.Exists || Sources().Any(source => source.LastWriteTimeUtc > stamp.LastWriteTimeUtc))
            await RunAsync(Path.Combine(Root, "tests/Worker/publish.sh"));

        return folder;
    }

    private static IEnumerable<FileInfo> Sources()
    {
        var root = new DirectoryInfo(Root);
        return new[] { "functions", "shared", "samples" }
            .SelectMany(name => new DirectoryInfo(
                Path.Combine(Root, name)).EnumerateDirectories().Where(folder => folder.Name is not ("bin" or "obj")))
            .SelectMany(folder => folder.EnumerateFiles("*", SearchOption.AllDirectories))
            .Concat(
                new[] { "functions", "shared", "samples" }.SelectMany(name => new DirectoryInfo(Path.Combine(Root, name)).EnumerateFiles()))
            .Concat(root.EnumerateFiles("Directory.*.props"))
            .Concat(root.EnumerateFiles("host.json"));
    }

    private static async Task RunAsync(string script)
    {
        var start =
            new ProcessStartInfo("bash", [script]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var publish = Process.Start(start)!;
        var error = publish.StandardError.ReadToEndAsync();
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync().WaitAsync(Patience);
        if (publish.ExitCode != 0)
            throw new InvalidOperationException($"The app can't be published: {output}{await error}");
    }
}
