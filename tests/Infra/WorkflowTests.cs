using System.Text.RegularExpressions;
using ExportFunctions.Local.Hosting;
using YamlDotNet.RepresentationModel;

namespace ExportFunctions.Tests.Infra;

/// <summary>The workflows can be read, and name what is there.</summary>
[Integration]
public sealed partial class WorkflowTests
{
    private static readonly string Root = Repository.Find().Root;

    public static TheoryData<string> Workflows =>
        [.. Directory.GetFiles(Path.Combine(Root, ".github", "workflows")).Select(file => Path.GetFileName(file))];

    [Fact]
    public void Workflows_AreThere() =>
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "build-and-test.yml", "codeql.yml", "dependency-review.yml", "deploy.yml" },
            Workflows.Select(row => row.Data).ToHashSet(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Jobs_GrantLittle_EndInTime_AndPinTheirActions(string workflow)
    {
        var root = Read(workflow);

        var given = Map(root, "permissions");
        Assert.Equal(("read", 1), (Text(given, "contents"), given.Children.Count));
        Assert.All(
            Jobs(root),
            job => Assert.InRange(int.Parse(Text(job, "timeout-minutes")!, System.Globalization.CultureInfo.InvariantCulture), 1, 120));
        Assert.All(
            Steps(root).Select(step => Text(step, "uses")).OfType<string>(),
            action => Assert.Matches("^(actions|azure|github)/[a-z-]+(/[a-z-]+)?@[0-9a-f]{40}$", action));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_SayTheVersionOfTheirCommit_AndTheSameEverywhere(string workflow)
    {
        var pins = UsesLine().Matches(File.ReadAllText(Path.Combine(Root, ".github", "workflows", workflow)));
        var everywhere = Workflows.SelectMany(
            row => UsesLine().Matches(File.ReadAllText(Path.Combine(Root, ".github", "workflows", row.Data))));

        Assert.Equal(Steps(Read(workflow)).Count(step => Text(step, "uses") is not null), pins.Count);
        Assert.All(pins, pin => Assert.Single(
            everywhere.Where(other => other.Groups["owner"].Value == pin.Groups["owner"].Value)
                .Select(other => other.Groups["pin"].Value).Distinct(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("codeql.yml", "security-events")]
    [InlineData("deploy.yml", "id-token")]
    public void Jobs_MayWriteNothingElse(string workflow, string permission)
    {
        var given = Map(Jobs(Read(workflow)).Single(), "permissions").Children.ToDictionary(
            pair => pair.Key.ToString(), pair => pair.Value.ToString(), StringComparer.Ordinal);

        Assert.Equal(
            ["contents: read", $"{permission}: write"], given.Select(pair => $"{pair.Key}: {pair.Value}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain(
            Workflows.Select(row => row.Data).Except(["codeql.yml", "deploy.yml"]),
            other => Jobs(Read(other)).Any(job => job.Children.ContainsKey("permissions")));
    }

    [Fact]
    public void Checkouts_LeaveNoTokenBehind() => Assert.All(
        Workflows.SelectMany(row => Steps(Read(row.Data)))
            .Where(step => Text(step, "uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true),
        step => Assert.Equal("false", Text(Map(step, "with"), "persist-credentials")));

    [Fact]
    public void Dependabot_LooksAfterEveryManifest()
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Root, ".github", "dependabot.yml"));
        yaml.Load(reader);
        var updates = ((YamlSequenceNode)yaml.Documents[0].RootNode["updates"]).Cast<YamlMappingNode>().ToList();

        var npm = Directory.EnumerateFiles(Root, "package-lock.json", SearchOption.AllDirectories)
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Select(path => "/" + Path.GetRelativePath(Root, Path.GetDirectoryName(path)!));
        var watched = (YamlSequenceNode)updates.Single(update => Text(update, "package-ecosystem") == "npm")["directories"];
        Assert.Equal(npm.Order(StringComparer.Ordinal), watched.Select(folder => folder.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["devcontainers", "docker", "github-actions", "npm", "nuget"],
            updates.Select(update => Text(update, "package-ecosystem")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Steps_NameFilesAndSettingsThatAreThere(string workflow)
    {
        var root = Read(workflow);
        var named = Steps(root).Select(step => Text(step, "run")).OfType<string>()
            .SelectMany(run => PathInRun().Matches(run).Select(match => match.Groups["path"].Value))
            .Concat(Steps(root).Where(
                step => step.Children.ContainsKey("with")).Select(step => Text(Map(step, "with"), "global-json-file")).OfType<string>());

        Assert.All(named, path => Assert.True(Path.Exists(Path.Combine(Root, path)), path));
    }

    [Fact]
    public void BuildAndTest_RunsWhatCiRuns_OnEveryNodeThatIsPromised()
    {
        var root = Read("build-and-test.yml");

        Assert.Contains(".ci/run", Steps(root).Select(step => Text(step, "run")));
        var nodes = (YamlSequenceNode)Map(Map(Jobs(root).Single(), "strategy"), "matrix")["node"];
        Assert.Equal(["20", "22"], nodes.Select(node => node.ToString()));
    }

    [Fact]
    public void Deploy_SignsInWithoutASecret_AndOffersTheSampleParameters()
    {
        var root = Read("deploy.yml");

        var login = Assert.Single(Steps(root), step => Text(step, "uses")?.StartsWith("azure/login@", StringComparison.Ordinal) == true);
        Assert.DoesNotContain("secrets.", login.ToString(), StringComparison.Ordinal);
        var inputs = Map(Map(Map(root, "on"), "workflow_dispatch"), "inputs");
        Assert.All(
            (YamlSequenceNode)Map(inputs, "parameters")["options"],
            file => Assert.True(File.Exists(Path.Combine(Root, file.ToString())), file.ToString()));
    }

    [Theory]
    [InlineData("samples/school.datasets.json", "false")]
    [InlineData("samples/school.datasets.json", "true")]
    public async Task Deploy_HandsItsInputsToTheScript(string datasets, string smoke)
    {
        using var tools = new FakeTools();
        var step = Steps(Read("deploy.yml"))
            .Single(step => Text(step, "run")?.Contains("infra/deploy.sh", StringComparison.Ordinal) == true);

        var run = await tools.RunStepAsync(
            Text(step, "run")!,
            ("RESOURCE_GROUP", "school"),
            ("PARAMETERS", "infra/large.bicepparam"),
            ("SMOKE_DATASET", "enrolments"),
            ("DATASETS", datasets),
            ("SMOKE", smoke));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("datasets.json", tools.Package);
        Assert.Equal(smoke == "true", tools.Calls.Any(call => call.Contains("\"dataset\": \"enrolments\"", StringComparison.Ordinal)));
        Assert.All(
            ["RESOURCE_GROUP", "PARAMETERS", "SMOKE_DATASET", "DATASETS", "SMOKE"], name => Assert.NotNull(Text(Map(step, "env"), name)));
    }

    private static YamlMappingNode Read(string workflow)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Root, ".github", "workflows", workflow));
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<YamlMappingNode> Jobs(YamlMappingNode root) => Map(root, "jobs").Children.Values.Cast<YamlMappingNode>();

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode root) =>
        Jobs(root).SelectMany(job => (YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private static YamlMappingNode Map(YamlMappingNode node, string name) => (YamlMappingNode)node[name];

    private static string? Text(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(name, out var value) ? value.ToString() : null;

    [GeneratedRegex(
        @"(?<![\w./-])(?<path>\.ci/\w+|infra/[\w./-]+|(?<=dotnet publish )\w+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathInRun();

    [GeneratedRegex(
        @"uses: (?<owner>[a-z]+/[a-z-]+)[a-z/-]*(?<pin>@[0-9a-f]{40} # v\d+\.\d+\.\d+)$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UsesLine();
}
