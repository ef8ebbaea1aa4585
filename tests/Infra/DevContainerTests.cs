using System.Text.Json;
using System.Text.RegularExpressions;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Infra;

/// <summary>The development container has what the README asks for.</summary>
public sealed partial class DevContainerTests
{
    private static readonly string Root = Repository.Find().Root;

    private static readonly JsonElement Container = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(Root, ".devcontainer", "devcontainer.json")),
        new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }).RootElement;

    [Fact]
    public void Container_HasTheSdkOfGlobalJson_AndNode()
    {
        var sdk = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "global.json"))).RootElement
            .GetProperty("sdk").GetProperty("version").GetString()!;

        Assert.EndsWith($"/dotnet:{sdk[..4]}", Container.GetProperty("image").GetString(), StringComparison.Ordinal);
        var node = Container.GetProperty("features").EnumerateObject().Single(
            feature => feature.Name.Contains("/node:", StringComparison.Ordinal));
        Assert.Equal("22", node.Value.GetProperty("version").GetString());
    }

    [Fact]
    public void Commands_NameWhatIsThere()
    {
        var paths = RepositoryPath().Matches(Container.GetProperty("postCreateCommand").GetString()!).Select(match => match.Value).ToList();

        Assert.Equal(2, paths.Count);
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Root, path)), path));
    }

    [GeneratedRegex(@"\w+\.sln|local/\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RepositoryPath();
}
