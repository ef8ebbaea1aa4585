using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Infra;

/// <summary>What the documentation says that the samples cost is what the script reckons from their parameters.</summary>
[Integration]
public sealed class CostTests(BicepFixture bicep)
{
    private static readonly string Script = Path.Combine(Repository.Find().Root, "infra", "costs", "costs.mjs");

    [Fact]
    public async Task Documentation_ShowsWhatTheScriptPrints()
    {
        var document = await File.ReadAllTextAsync(
            Path.Combine(Repository.Find().Root, "docs", "deployment.md"), TestContext.Current.CancellationToken);

        var run = await RunAsync(bicep.PathOf("small.bicepparam"), bicep.PathOf("large.bicepparam"));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(run.Output, document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_SaysWhatIsMissing_WhenAFilesLoadIsNotAssumed()
    {
        var run = await RunAsync("other.bicepparam");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("workloads.json lacks 'other'", run.Error, StringComparison.Ordinal);
    }

    private Task<ProgramRun> RunAsync(params string[] files) =>
        ProgramRun.RunAsync(
            "node",
            [Script, .. files],
            Path.GetDirectoryName(Script)!,
            new Dictionary<string,
            string>(StringComparer.Ordinal)
            { ["BICEP"] = bicep.Program });
}
