using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Infra;

/// <summary>Other people's linters, from npm.</summary>
internal static class Linters
{
    private static readonly string Folder = Path.Combine(Repository.Find().Root, "tests", "Infra", "Linters");

    /// <summary>Runs a script of Linters/, or a package's program.</summary>
    public static Task<ProgramRun> RunAsync(string script, params string[] files)
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules", "kubernetes-models")),
            "The linters are not installed: run npm ci in tests/Infra/Linters.");
        return ProgramRun.RunAsync("node", [script, .. files], Folder);
    }
}
