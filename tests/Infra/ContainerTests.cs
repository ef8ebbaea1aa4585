using System.Text.RegularExpressions;
using ExportFunctions.Functions;
using ExportFunctions.Local.Hosting;

namespace ExportFunctions.Tests.Infra;

/// <summary>
/// The Dockerfile copies what is there and sets what the app needs. Building an image takes more than a test machine has.
/// </summary>
public sealed partial class ContainerTests
{
    private static readonly string Root = Repository.Find().Root;
    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(Root, "Dockerfile"));

    private static IEnumerable<string> Copied =>
        Copy().Matches(Dockerfile).SelectMany(
            match => match.Groups["paths"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(path => path.TrimEnd('/'));

    [Fact]
    public void Copies_NameWhatIsThere_AndIsNotIgnored()
    {
        var kept = File.ReadLines(Path.Combine(Root, ".dockerignore")).Where(
            line => line.StartsWith('!')).Select(line => line[1..]).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(Copied);
        Assert.All(Copied, path => Assert.True(Path.Exists(Path.Combine(Root, path)), path));
        Assert.Equal(kept.Order(StringComparer.Ordinal), Copied.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Copies_HoldEverythingThatTheProjectsReferTo()
    {
        string[] projects =
        [
            "shared/Core/ExportFunctions.Core.csproj", "shared/ExportFunctions.Shared.csproj", "functions/ExportFunctions.Functions.csproj",
        ];

        var referred = projects
            .SelectMany(project => Include().Matches(File.ReadAllText(Path.Combine(Root, project)))
                .Select(match => Path.Combine(Root, Path.GetDirectoryName(project)!, "..", match.Groups["path"].Value)))
            .Select(path => Path.GetRelativePath(Root, path).Split('/')[0])
            .Where(path => path is not "local.settings.json")
            .Distinct(StringComparer.Ordinal);

        Assert.All(referred, path => Assert.Contains(path, Copied));
    }

    [Fact]
    public void Settings_HoldEveryNameThatATriggerRefersTo()
    {
        var referred =
            FunctionDiscovery.Find([typeof(Composition).Assembly]).OfType<TimerFunction>().Select(timer => timer.Schedule.Trim('%'));

        Assert.All(referred, name => Assert.Contains($"{name}=\"", Dockerfile, StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_LeaveStorageAndSecretsToTheOneWhoRunsIt()
    {
        Assert.DoesNotContain("AzureWebJobsStorage", Dockerfile, StringComparison.Ordinal);
        Assert.DoesNotContain(LocalKey.Setting + "=", Dockerfile, StringComparison.Ordinal);
        Assert.DoesNotContain("local.settings", string.Join(' ', Copied), StringComparison.Ordinal);
    }

    [Fact]
    public void Image_IsTheFunctionsHost_WithTheAppPublishedAsItIsForAzure()
    {
        var last = Dockerfile[Dockerfile.LastIndexOf("FROM ", StringComparison.Ordinal)..];

        Assert.StartsWith("FROM mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0\n", last, StringComparison.Ordinal);
        Assert.Contains(Publishing.Arguments, Dockerfile, StringComparison.Ordinal);
        Assert.Contains("COPY --from=build /app /home/site/wwwroot", last, StringComparison.Ordinal);
        Assert.Contains("AzureFunctionsWebHost__hostid=", last, StringComparison.Ordinal);
    }

    [Fact]
    public void BuildImage_IsPinnedByDigest() =>
        Assert.Matches("^FROM mcr\\.microsoft\\.com/dotnet/sdk:10\\.0@sha256:[0-9a-f]{64} AS build$", Dockerfile.Split('\n').First(
            line => line.StartsWith("FROM ", StringComparison.Ordinal)));

    [Fact]
    public void Image_RunsAsAUserOfItsOwn_AndSaysHowItIs()
    {
        var last = Dockerfile[Dockerfile.LastIndexOf("FROM ", StringComparison.Ordinal)..];

        Assert.Contains("USER 1654", last, StringComparison.Ordinal);
        Assert.Contains("HEALTHCHECK", last, StringComparison.Ordinal);
        Assert.Contains("/api/v1/health", last, StringComparison.Ordinal);
    }

    [GeneratedRegex(
        @"^COPY (?<paths>(?!--from)[^\n]+) \S+$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Copy();

    [GeneratedRegex("Include=\"\\.\\./(?<path>[^\"*]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Include();
}
