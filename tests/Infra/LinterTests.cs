using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Infra;

/// <summary>Other people's linters have nothing to say of the Dockerfile and the workflows.</summary>
[Integration]
public sealed class LinterTests : IDisposable
{
    private static readonly string Root = Repository.Find().Root;

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("exportfunctions-linters-");

    [Fact]
    public async Task Dockerfile_PleasesItsLinter()
    {
        var run = await Linters.RunAsync("node_modules/dockerfile-utils/bin/dockerfile-utils", "lint", Path.Combine(Root, "Dockerfile"));

        Assert.True(run is { ExitCode: 0, Error: "" }, run.Output + run.Error);
    }

    [Fact]
    public async Task Workflows_PleaseActionlint()
    {
        var run = await Linters.RunAsync("workflows.mjs", Directory.GetFiles(Path.Combine(Root, ".github", "workflows")));

        Assert.True(run is { ExitCode: 0, Output: "", Error: "" }, run.Output + run.Error);
    }

    [Fact]
    public async Task Linters_FindWhatIsWrong()
    {
        var dockerfile = Path.Combine(_scratch.FullName, "Dockerfile");
        var workflow = Path.Combine(_scratch.FullName, "deploy.yml");
        await File.WriteAllTextAsync(dockerfile, "FROM scratch\nRUNN true\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(workflow, "on: push\njobs: { a: { run-on: x, steps: [] } }\n", TestContext.Current.CancellationToken);

        var first = await Linters.RunAsync("node_modules/dockerfile-utils/bin/dockerfile-utils", "lint", dockerfile);
        var second = await Linters.RunAsync("workflows.mjs", workflow);

        Assert.Equal((1, 1), (first.ExitCode, second.ExitCode));
        Assert.Contains("RUNN", first.Output + first.Error, StringComparison.Ordinal);
        Assert.Contains("run-on", second.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Delete(recursive: true);
}
