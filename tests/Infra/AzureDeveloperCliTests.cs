using System.Text.RegularExpressions;
using ExportFunctions.Local.Hosting;
using YamlDotNet.RepresentationModel;

namespace ExportFunctions.Tests.Infra;

/// <summary>azure.yaml, which azd up goes by, names what is there.</summary>
[Integration]
public sealed partial class AzureDeveloperCliTests(BicepFixture bicep)
{
    private static readonly string Root = Repository.Find().Root;

    [Fact]
    public void Infrastructure_IsAParameterFileOfTheTemplate()
    {
        var infra = Read()["infra"];

        var file = Path.Combine(Root, infra["path"].ToString(), infra["module"] + ".bicepparam");
        Assert.Contains("using 'main.bicep'", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_IsTheAppOfTheTemplate_PublishedAsDeployShDoes()
    {
        var (name, service) = ((YamlMappingNode)Read()["services"]).Children.Single();
        var app = (await bicep.InstallationAsync("small")).Only("Microsoft.Web/sites");

        var publish = service["hooks"]["prepackage"]["run"].ToString();

        Assert.Equal(app.GetProperty("tags").GetProperty("azd-service-name").GetString(), name.ToString());
        Assert.Equal("function", service["host"].ToString());
        Assert.Contains(Publishing.Arguments + service["dist"], publish, StringComparison.Ordinal);
        Assert.Contains(
            Publishing.Arguments,
            await File.ReadAllTextAsync(Path.Combine(Root, "infra", "deploy.sh"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_SetWhatTheParameterFileReads()
    {
        var root = Read();
        var parameters = File.ReadAllText(Path.Combine(Root, "infra", root["infra"]["module"] + ".bicepparam"));

        var set = Set().Matches(root["hooks"]["preprovision"]["run"].ToString()).Select(match => match.Groups["name"].Value).ToList();

        Assert.NotEmpty(set);
        Assert.All(set, name => Assert.Contains($"readEnvironmentVariable('{name}'", parameters, StringComparison.Ordinal));
    }

    private static YamlMappingNode Read()
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Root, "azure.yaml"));
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    [GeneratedRegex(@"\b(?<name>POSTGRES_[A-Z_]+)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Set();
}
