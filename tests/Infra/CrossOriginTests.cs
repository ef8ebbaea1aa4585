using System.Text.Json;

namespace ExportFunctions.Tests.Infra;

/// <summary>What pages of other origins may do.</summary>
[Integration]
public sealed class CrossOriginTests(BicepFixture bicep)
{
    [Fact]
    public async Task Origins_MayCallTheAppAndFetchFiles_WhenTheyAreNamed()
    {
        var installation = await bicep.InstallationAsync("large");

        Assert.Equal(["https://portal.example.org"], Texts(AppOrigins(installation)));
        var rule = Assert.Single(BlobRules(installation).EnumerateArray());
        Assert.Equal(["https://portal.example.org"], Texts(rule.GetProperty("allowedOrigins")));
        Assert.Equal(["GET", "HEAD"], Texts(rule.GetProperty("allowedMethods")));
        Assert.Contains("content-disposition", Texts(rule.GetProperty("exposedHeaders")));
    }

    [Fact]
    public async Task Origins_MayDoNothing_ByDefault()
    {
        var installation = await bicep.InstallationAsync("small");

        Assert.Empty(Texts(AppOrigins(installation)));
        Assert.Empty(BlobRules(installation).EnumerateArray());
    }

    private static JsonElement AppOrigins(Installation installation) =>
        installation.Only("Microsoft.Web/sites").GetProperty("properties").GetProperty("siteConfig").GetProperty("cors")
            .GetProperty("allowedOrigins");

    private static JsonElement BlobRules(Installation installation) =>
        installation.Only("Microsoft.Storage/storageAccounts/blobServices").GetProperty("properties").GetProperty("cors")
            .GetProperty("corsRules");

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString()!);
}
