namespace ExportFunctions.Tests.Local.Seeding;

/// <summary>An empty folder of a test's own, deleted after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("school-").FullName;

    public string File(string name) => Path.Combine(Root, name);

    public string[] Names() =>
        [.. Directory.EnumerateFileSystemEntries(Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
