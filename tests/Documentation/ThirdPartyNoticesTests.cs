using System.Text.Json.Nodes;
using ExportFunctions.Tests.Infra;

namespace ExportFunctions.Tests.Documentation;

/// <summary>THIRD-PARTY-NOTICES.md against the packages that the app was built from.</summary>
[Integration]
public sealed class ThirdPartyNoticesTests
{
    private const string Script = ".ci/third-party-notices.mjs";

    /// <summary>Where restores leave what they found; the last one is of what Azure's host loads.</summary>
    private static readonly string[] Restored = ["shared/obj", "functions/obj", "local/obj", "tests/bin/published/obj/WorkerExtensions"];

    private const string ForTheHost = "tests/bin/published/app/.azurefunctions";

    private static readonly string[] PartsThatShip = ["runtime", "runtimeTargets", "native"];

    [Fact]
    public void Page_HasEveryPackage_ThatShips()
    {
        SkipUnlessPublished();
        var shipped = Restored.SelectMany(Shipped).Distinct().Order(StringComparer.Ordinal).ToList();

        var listed = MarkdownPage.Open("THIRD-PARTY-NOTICES.md").Rows("package").Select(row => $"{row[0]} {row[1]}").ToList();

        var missing = shipped.Except(listed).ToList();
        Assert.True(missing.Count == 0, $"Missing in THIRD-PARTY-NOTICES.md, which 'node {Script}' makes: {string.Join(", ", missing)}");
        Assert.Equal(shipped, listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Page_IsWhatTheScriptMakes()
    {
        SkipUnlessPublished();

        var run = await ProgramRun.RunAsync("node", [Script, "--check"], MarkdownPage.Root);

        Assert.True(run.ExitCode == 0, run.Error);
    }

    private static void SkipUnlessPublished() => Assert.SkipUnless(
        File.Exists(AssetsOf(Restored[^1])), "The app is not published: run tests/Worker/publish.sh.");

    private static string AssetsOf(string folder) => Path.Combine(MarkdownPage.Root, folder, "project.assets.json");

    private static IEnumerable<string> Shipped(string folder)
    {
        var assets = JsonNode.Parse(File.ReadAllText(AssetsOf(folder)))!;
        return
            from framework in assets["targets"]!.AsObject()
            where !framework.Key.Contains('/', StringComparison.Ordinal)
            from library in framework.Value!.AsObject()
            where library.Value!["type"]!.GetValue<string>() == "package" && !library.Key.StartsWith("QuestPDF/", StringComparison.Ordinal)
            where PartsThatShip.Any(part => library.Value[part] is JsonObject files && files.Any(
                file => !file.Key.EndsWith("_._", StringComparison.Ordinal)))
            where folder != Restored[^1] || (library.Value["runtime"] as JsonObject ?? []).Any(
                file => File.Exists(Path.Combine(MarkdownPage.Root, ForTheHost, Path.GetFileName(file.Key))))
            select library.Key.Replace('/', ' ');
    }
}
