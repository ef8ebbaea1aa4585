using System.Text.Json;
using ExportFunctions.Functions;
using ExportFunctions.Local.Hosting;
using YamlDotNet.RepresentationModel;

namespace ExportFunctions.Tests.Infra;

/// <summary>infra/kubernetes, against the schemas of Kubernetes and KEDA, and against the code.</summary>
[Integration]
public sealed class KubernetesTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Find().Root, "infra", "kubernetes");
    private static readonly IReadOnlyList<FunctionDefinition> Functions = FunctionDiscovery.Find([typeof(Composition).Assembly]);

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("exportfunctions-kubernetes-");

    private static string[] Manifests =>
        [.. Directory.GetFiles(Folder, "*.yaml").Where(file => Path.GetFileName(file) != "kustomization.yaml")];

    [Fact]
    public async Task Manifests_FitTheSchemas()
    {
        var run = await Linters.RunAsync("manifests.mjs", Manifests);

        Assert.True(run is { ExitCode: 0, Output: "", Error: "" }, run.Output + run.Error);
    }

    [Theory]
    [InlineData("minReplicaCount: 0", "minReplicas: 0", "'\"minReplicas\"' does not exist")]
    [InlineData("readinessProbe:", "readyProbe:", "'\"readyProbe\"' does not exist")]
    [InlineData("containerPort: 8080", "containerPort: web", "containerPort must be integer")]
    [InlineData("apiVersion: apps/v1", "apiVersion: apps/v9", "there is no Deployment of apps/v9")]
    public async Task Linter_FindsWhatDoesNotFit(string right, string wrong, string words)
    {
        var file = Path.Combine(_scratch.FullName, "exports.yaml");
        await File.WriteAllTextAsync(
            file, Text("exports.yaml").Replace(right, wrong, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var run = await Linters.RunAsync("manifests.mjs", file);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(words, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Kustomization_NamesEveryManifestAndEveryListOfSettings()
    {
        var kustomization = (YamlMappingNode)Documents("kustomization.yaml").Single();

        var resources = Texts(kustomization["resources"]);
        var lists = ((YamlSequenceNode)kustomization["configMapGenerator"]).SelectMany(map => Texts(map["envs"]));
        Assert.Equal(
            Manifests.Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal), resources.Order(StringComparer.Ordinal));
        Assert.Equal(
            Directory.GetFiles(Folder, "*.env", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))
                .Order(StringComparer.Ordinal),
            lists.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Deployments_RunEveryFunction_AndNoneTwice()
    {
        var listed = Directory.GetFiles(Path.Combine(Folder, "functions")).SelectMany(file => File.ReadLines(file).Select((line, i) =>
        {
            var (name, value) = (line.Split('=')[0], line.Split('=')[1]);
            Assert.Equal($"AzureFunctionsJobHost__functions__{i}", name);
            return value;
        }));

        Assert.Equal(Functions.Select(function => function.Name).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("exports")]
    [InlineData("slices")]
    [InlineData("background")]
    public void ScaledObject_WatchesTheQueuesOfItsDeployment(string name)
    {
        var functions = File.ReadLines(Path.Combine(Folder, "functions", $"{name}.env")).Select(line => line.Split('=')[1]);
        var scaled = Documents($"{name}.yaml").Single(document => document["kind"].ToString() == "ScaledObject");

        var triggers = ((YamlSequenceNode)scaled["spec"]["triggers"]).ToList();

        Assert.Equal($"exportfunctions-{name}", scaled["spec"]["scaleTargetRef"]["name"].ToString());
        Assert.Equal(
            functions.Select(function => Functions.OfType<QueueFunction>().Single(queue => queue.Name == function).Queue)
                .Order(StringComparer.Ordinal),
            triggers.Select(trigger => trigger["metadata"]["queueName"].ToString()).Order(StringComparer.Ordinal));
        Assert.All(triggers, trigger =>
        {
            // The names are those that KEDA's scaler reads.
            Assert.Equal("azure-queue", trigger["type"].ToString());
            Assert.Equal(
                ["queueLength", "queueLengthStrategy", "queueName"],
                ((YamlMappingNode)trigger["metadata"]).Children.Keys.Select(key => key.ToString()).Order(StringComparer.Ordinal));
            Assert.Contains(trigger["metadata"]["queueLengthStrategy"].ToString(), new[] { "all", "visibleonly" });
            Assert.Equal("exportfunctions-storage", trigger["authenticationRef"]["name"].ToString());
        });
    }

    [Fact]
    public void Exports_AddAPodForAsManyAsAHostTakes()
    {
        var queues = JsonElement.Parse(File.ReadAllBytes(Repository.Find().HostJson)).GetProperty("extensions").GetProperty("queues");

        var atOnce = queues.GetProperty("batchSize").GetInt32() + queues.GetProperty("newBatchThreshold").GetInt32();

        Assert.Contains($"queueName: exports, queueLength: \"{atOnce}\"", Text("exports.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_TakeSecretsByReferenceOnly_AndRunWithoutRights()
    {
        var pods = Manifests.SelectMany(file => Documents(Path.GetFileName(file)))
            .Where(document => document["kind"].ToString() == "Deployment").ToList();

        Assert.Equal(4, pods.Count);
        Assert.All(pods, deployment =>
        {
            var pod = deployment["spec"]["template"]["spec"];
            var container = ((YamlSequenceNode)pod["containers"]).Single();
            var secrets = ((YamlSequenceNode)container["env"])
                .Where(variable => ((YamlMappingNode)variable).Children.ContainsKey("valueFrom")).ToList();
            Assert.Superset(
                new HashSet<string>(StringComparer.Ordinal) { "AzureWebJobsStorage", LocalKey.Setting },
                secrets.Select(variable => variable["name"].ToString()).ToHashSet(StringComparer.Ordinal));
            Assert.All(secrets, variable => Assert.Equal("exportfunctions", variable["valueFrom"]["secretKeyRef"]["name"].ToString()));
            Assert.Equal("true", pod["securityContext"]["runAsNonRoot"].ToString());
            Assert.All(["startupProbe", "livenessProbe", "readinessProbe", "resources"], part => Assert.NotNull(container[part]));
        });
        Assert.All(Manifests, file => Assert.DoesNotMatch("kind: Secret$|namespace:|AccountKey=|Password=", File.ReadAllText(file)));
    }

    public void Dispose() => _scratch.Delete(recursive: true);

    private static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private static IEnumerable<string> Texts(YamlNode sequence) => ((YamlSequenceNode)sequence).Select(text => text.ToString());

    private static IEnumerable<YamlNode> Documents(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StringReader(Text(file));
        yaml.Load(reader);
        return yaml.Documents.Select(document => document.RootNode);
    }
}
