using System.Text.Json.Nodes;
using ExportFunctions.Tests.Infra;

namespace ExportFunctions.Tests.Documentation;

/// <summary>THIRD-PARTY-NOTICES.md against the packages that the app was built from.</summary>
public sealed class ThirdPartyNoticesTests
{
    private const string Script = ".ci/third-party-notices.mjs";

    private static readonly string[] PartsThatShip = ["runtime", "runtimeTargets", "native"];

    [Fact]
    public void Page_HasEveryPackage_ThatShips()
    {
        var shipped = new[] { "shared", "functions", "local" }.SelectMany(Shipped).Distinct().Order(StringComparer.Ordinal).ToList();

        var listed = MarkdownPage.Open("THIRD-PARTY-NOTICES.md").Rows("package").Select(row => $"{row[0]} {row[1]}").ToList();

        var missing = shipped.Except(listed).ToList();
        Assert.True(missing.Count == 0, $"Missing in THIRD-PARTY-NOTICES.md, which 'node {Script}' makes: {string.Join(", ", missing)}");
        Assert.Equal(shipped, listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Page_IsWhatTheScriptMakes()
    {
        var run = await ProgramRun.RunAsync("node", [Script, "--check"], MarkdownPage.Root);

        Assert.True(run.ExitCode == 0, run.Error);
    }

    private static IEnumerable<string> Shipped(string project)
    {
        var assets = JsonNode.Parse(File.ReadAllText(Path.Combine(MarkdownPage.Root, project, "obj", "project.assets.json")))!;
        return
            from framework in assets["targets"]!.AsObject()
            where !framework.Key.Contains('/', StringComparison.Ordinal)
            from library in framework.Value!.AsObject()
            where library.Value!["type"]!.GetValue<string>() == "package" && !library.Key.StartsWith("QuestPDF/", StringComparison.Ordinal)
            where PartsThatShip.Any(part => library.Value[part] is JsonObject files && files.Any(
                file => !file.Key.EndsWith("_._", StringComparison.Ordinal)))
            select library.Key.Replace('/', ' ');
    }
}
