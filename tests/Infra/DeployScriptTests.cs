using System.Text.RegularExpressions;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Infra;

/// <summary>infra/deploy.sh with stand-ins for the programs it calls.</summary>
[Integration]
public sealed partial class DeployScriptTests : IDisposable
{
    private const string Small = "-g school -p infra/small.bicepparam";
    private const string Large = "-g school -p infra/large.bicepparam";

    private readonly FakeTools _tools = new();

    [Fact]
    public async Task Deploy_ShowsDeploysPublishesAndChecks_InThisOrder()
    {
        var run = await _tools.DeployAsync(Small + " --yes");

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        string[] steps =
        [
            "az account show",
            "az group exists",
            "dotnet publish functions",
            "zip -qr ../app.zip .",
            "az deployment group what-if",
            "az deployment group create",
            "az functionapp deployment source config-zip", "curl", "az functionapp keys list", "curl", "curl", "curl", "curl",
        ];
        Assert.Equal(steps.Length, _tools.Calls.Count);
        Assert.All(steps.Zip(_tools.Calls), step => Assert.StartsWith(step.First, step.Second, StringComparison.Ordinal));
        Assert.Contains("https://school.example.org and works", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_PacksHiddenFolders_AndTheDatasetsFile()
    {
        var run = await _tools.DeployAsync(Large + " --yes --no-smoke --datasets samples/school.datasets.json");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal([".azurefunctions", "datasets.json", "host.json", "samples"], _tools.Package.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(_tools.Calls, call => call.StartsWith("curl", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("param datasetsFile = 'datasets.json'", "", "only --datasets FILE puts into the package")]
    [InlineData("param datasetsFile = 'datasets.json' // ours", "", "only --datasets FILE puts into the package")]
    [InlineData("param datasetsFile = readEnvironmentVariable('FILE')", "", "must be a plain text")]
    [InlineData("param datasetsFile = '${name}.json'", "", "must be a plain text")]
    [InlineData("", " --datasets samples/school.datasets.json", "set param datasetsFile = 'datasets.json'")]
    public async Task Deploy_CallsNothing_WhenTheDatasetsFileWouldNotBeInThePackage(string parameter, string arguments, string words)
    {
        var file = _tools.Write("own.bicepparam", $"using 'main.bicep'\n{parameter}\n");

        var run = await _tools.DeployAsync($"-g school -p {file} --yes{arguments}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Empty(_tools.Calls);
    }

    [Fact]
    public async Task Deploy_ChangesNothing_WhenTheBuiltPackageLacksTheDatasetsFile()
    {
        var file = _tools.Write("own.bicepparam", "using 'main.bicep'\nparam datasetsFile = 'samples/none.datasets.json'\n");

        var run = await _tools.DeployAsync($"-g school -p {file} --yes");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'samples/none.datasets.json', which", run.Error, StringComparison.Ordinal);
        Assert.Contains("nothing was deployed", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("dotnet publish", _tools.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_TriesAgain_WhileRolesAreNotInForce()
    {
        var run = await _tools.DeployAsync(
            Small + " --yes", "", ("AZ_PACKAGE_ERROR", "Status 403: AuthorizationPermissionMismatch"), ("AZ_PACKAGE_REFUSALS", "2"));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(3, _tools.Calls.Count(call => call.Contains("config-zip", StringComparison.Ordinal)));
        Assert.Equal(2, _tools.Calls.Count(call => call == "sleep 30"));
    }

    [Theory]
    [InlineData("Status 403: Forbidden", 20)]
    [InlineData("The package is not a zip file.", 1)]
    public async Task Deploy_GivesUp_WhenThePackageIsRefusedForGood(string error, int tries)
    {
        var run = await _tools.DeployAsync(Small + " --yes", "", ("AZ_PACKAGE_ERROR", error), ("AZ_PACKAGE_REFUSALS", "99"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
        Assert.Contains("could not be put on func-school", run.Error, StringComparison.Ordinal);
        Assert.Equal(tries, _tools.Calls.Count(call => call.Contains("config-zip", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Deploy_RestartsTheApp_WhenItStartedBeforeItsRolesWereInForce()
    {
        var run = await _tools.DeployAsync(Small + " --yes", "", ("HEALTH", "503"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("answers 503", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, _tools.Calls.Count(
            call => call.StartsWith("az functionapp restart --resource-group school --name func-school", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Deploy_KeepsTheKeyOffTheCommandLine()
    {
        var run = await _tools.DeployAsync(Small + " --yes");

        Assert.DoesNotContain(_tools.Calls, call => call.Contains("s3cret", StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n\n")]
    [InlineData("\n")]
    [InlineData("")]
    public async Task Deploy_ChangesNothing_UnlessToldYes(string answer)
    {
        var run = await _tools.DeployAsync(Small, answer);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("az deployment group what-if", _tools.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_GoesOn_WhenToldYes()
    {
        var run = await _tools.DeployAsync(Small, "y\n");

        Assert.True(run.ExitCode == 0, run.Error);
    }

    [Fact]
    public async Task Deploy_StopsAfterWhatIf_WhenAskedTo()
    {
        var run = await _tools.DeployAsync(Small + " --what-if");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("az deployment group what-if", _tools.Calls[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "--resource-group is missing")]
    [InlineData("-g", "-g needs a value")]
    [InlineData("-g school", "--parameters is missing")]
    [InlineData("-g school -p infra/none.bicepparam", "infra/none.bicepparam' does not exist")]
    [InlineData("-g school -p infra/small.bicepparam --datasets none.json", "none.json' does not exist")]
    [InlineData("-g school -p infra/small.bicepparam --smoke-dataset a\"b", "is not the name of a dataset")]
    [InlineData("--force", "'--force' is not an option")]
    public async Task Deploy_SaysWhatIsWrong_BeforeItCallsAnything(string arguments, string words)
    {
        var run = await _tools.DeployAsync(arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Empty(_tools.Calls);
    }

    [Theory]
    [InlineData("AZ_ACCOUNT", "1", "run az login")]
    [InlineData("AZ_GROUP", "false", "say where with --location")]
    [InlineData("JOB", """{"id": "0198", "status": "failed"}""", "ended as failed")]
    [InlineData("JOB", """{"id": "0198", "status": "running"}""", "still running")]
    public async Task Deploy_SaysWhatFailed(string name, string value, string words)
    {
        var run = await _tools.DeployAsync(Small + " --yes", "", (name, value));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_MakesTheResourceGroup_WhenToldWhere()
    {
        await _tools.DeployAsync(Small + " --what-if -l northeurope", "", ("AZ_GROUP", "false"));

        Assert.Contains("az group create --name school --location northeurope --output none", _tools.Calls);
    }

    [Fact]
    public async Task Help_NamesEveryOption()
    {
        var script =
            await File.ReadAllTextAsync(Path.Combine(Repository.Find().Root, "infra/deploy.sh"), TestContext.Current.CancellationToken);

        var run = await _tools.DeployAsync("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(
            Options().Matches(script),
            option => Assert.Contains(option.Groups["name"].Value, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scripts_PleaseShellcheck()
    {
        const string Shellcheck = "/usr/bin/shellcheck";
        Assert.SkipUnless(File.Exists(Shellcheck), "shellcheck is not installed.");

        var run = await ProgramRun.RunAsync(Shellcheck, ["infra/deploy.sh", "test.sh", ".ci/run"], Repository.Find().Root);

        Assert.True(run.ExitCode == 0, run.Output);
    }

    public void Dispose() => _tools.Dispose();

    [GeneratedRegex(
        @"^    (-\w \| )?(?<name>--[a-z-]+)\)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Options();
}
