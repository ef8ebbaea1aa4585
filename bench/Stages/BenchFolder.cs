using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Bench.Stages;

/// <summary>A temporary folder that goes when the benchmark ends.</summary>
internal sealed class BenchFolder : IDisposable
{
    public BenchFolder() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"exportfunctions-bench-{Guid.CreateVersion7():N}");

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>A path below <c>bench/</c> in the repository.</summary>
    public static string Source(params string[] parts) => Path.Combine([Repository.Find().Root, "bench", .. parts]);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
