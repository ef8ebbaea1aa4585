using ExportFunctions.Local.Hosting;
using ExportFunctions.Tests.Infra;
using ExportFunctions.Tests.Local.Seeding;

namespace ExportFunctions.Tests.Local;

[Integration]
public sealed class FirstBuildTests
{
    [Fact]
    public async Task FirstBuild_SaysWhatItDoes_OnStandardError_AndLaterOnesNothing()
    {
        using var folder = new TemporaryFolder();

        var first = await BuildAsync($"-p:MSBuildProjectExtensionsPath={folder.Root}/");
        var later = await BuildAsync("-p:Later=true");

        Assert.Equal((0, 0), (first.ExitCode, later.ExitCode));
        Assert.StartsWith("The first build: ", first.Error, StringComparison.Ordinal);
        Assert.Equal("", later.Error);
    }

    private static Task<ProgramRun> BuildAsync(string property) =>
        ProgramRun.RunAsync(
            "dotnet",
            ["msbuild", "local", "-t:SayFirstBuild", "-v:quiet", "-nodeReuse:false", "-nologo", property],
            Repository.Find().Root);
}
