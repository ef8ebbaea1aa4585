using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Tests.Infra;

[assembly: AssemblyFixture(typeof(BicepFixture))]

namespace ExportFunctions.Tests.Infra;

/// <summary>infra/ in a folder of its own, and what the Bicep compiler makes of it: once, when the first test asks.</summary>
public sealed class BicepFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("exportfunctions-infra-");
    private readonly Lazy<Task<JsonElement>> _template;
    private readonly ConcurrentDictionary<string, Lazy<Task<Installation>>> _installations = new(StringComparer.Ordinal);

    public BicepFixture()
    {
        var infra = Path.Combine(Repository.Find().Root, "infra");
        foreach (var file in Directory.EnumerateFiles(infra, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder.FullName, Path.GetRelativePath(infra, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        _template = new Lazy<Task<JsonElement>>(CompileAsync);
    }

    /// <summary>The Bicep compiler.</summary>
    internal string Program { get; } = typeof(BicepFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "Bicep").Value!;

    /// <summary>A file of the folder.</summary>
    internal string PathOf(string file) => Path.Combine(_folder.FullName, file);

    /// <summary>main.bicep, compiled.</summary>
    internal Task<JsonElement> TemplateAsync() => _template.Value;

    /// <summary>What a parameter file makes: the compiled template with every parameter, variable and loop worked out.</summary>
    internal Task<Installation> InstallationAsync(string name) =>
        _installations.GetOrAdd(name, file => new Lazy<Task<Installation>>(() => PredictAsync(file))).Value;

    internal Task<ProgramRun> RunAsync(params string[] arguments)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "The Bicep compiler's package is for Linux on x64.");
        var passwords = new Dictionary<string, string>(
            StringComparer.Ordinal)
        { ["POSTGRES_ADMIN_PASSWORD"] = "admin-secret", ["POSTGRES_READER_PASSWORD"] = "reader-secret" };
        return ProgramRun.RunAsync(Program, arguments, _folder.FullName, passwords);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<JsonElement> CompileAsync()
    {
        var run = await RunAsync("build", "main.bicep", "--stdout");
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonElement.Parse(run.Output);
    }

    private async Task<Installation> PredictAsync(string name)
    {
        var run = await RunAsync(
            "snapshot", $"{name}.bicepparam", "--mode", "overwrite", "--location", "northeurope", "--resource-group", "exports",
            "--subscription-id", "00000000-0000-0000-0000-000000000001");
        Assert.True(run.ExitCode == 0, run.Error);
        return Installation.Read(await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, $"{name}.snapshot.json")));
    }
}
