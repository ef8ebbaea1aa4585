using System.Text.Json;
using System.Text.RegularExpressions;
using ExportFunctions.Exports;
using ExportFunctions.Functions;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Timers;
using ExportFunctions.Storage;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Tests.Infra;

/// <summary>What the sample parameter files make, against the names and settings that the code uses.</summary>
[Integration]
public sealed partial class InstallationTests(BicepFixture bicep)
{
    private static readonly IReadOnlyList<FunctionDefinition> Functions = FunctionDiscovery.Find([typeof(Composition).Assembly]);

    public static TheoryData<string> Samples => ["small", "large"];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Settings_HoldEveryNameThatATriggerRefersTo(string sample)
    {
        var settings = (await bicep.InstallationAsync(sample)).Settings;
        var referred = Functions
            .Select(function => function switch { TimerFunction timer => timer.Schedule, QueueFunction queue => queue.Queue, _ => "" })
            .SelectMany(text => Reference().Matches(text).Select(match => match.Groups["name"].Value))
            .ToList();

        Assert.Contains("EXPORTS_REQUEUE_SCHEDULE", referred);
        Assert.All(referred, name => Assert.True(settings.ContainsKey(name), $"main.bicep lacks the app setting {name}."));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Schedules_CanBeRead(string sample)
    {
        var schedules = (await bicep.InstallationAsync(sample)).Settings.Where(
            setting => setting.Key.EndsWith("_SCHEDULE", StringComparison.Ordinal)).ToList();

        Assert.Equal(6, schedules.Count);
        Assert.All(schedules, schedule => TimerSchedule.Read(
            new TimerFunction(
                schedule.Key,
                typeof(InstallationTests).GetMethods()[0],
                schedule.Value,
                RunOnStartup: false,
                UseMonitor: true), new ConfigurationBuilder().Build()));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Settings_SignInAsTheIdentity_AndHoldNoSecret(string sample)
    {
        var installation = await bicep.InstallationAsync(sample);
        var settings = installation.Settings;

        Assert.Equal(
            installation.Only("Microsoft.Storage/storageAccounts").GetProperty("name").GetString(),
            settings["AzureWebJobsStorage__accountName"]);
        Assert.Equal("managedidentity", settings["AzureWebJobsStorage__credential"]);
        Assert.Contains("clientId", settings["AzureWebJobsStorage__clientId"], StringComparison.Ordinal);
        Assert.DoesNotContain("AzureWebJobsStorage", settings.Keys);
        Assert.All(settings.Values, value => Assert.DoesNotMatch("-secret|AccountKey|Password=", value));
        var references = settings.Values.Where(value => value.Contains("@Microsoft.KeyVault(", StringComparison.Ordinal));
        Assert.Single(references);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Settings_OfSections_AreReadByTheCode(string sample)
    {
        var settings = (await bicep.InstallationAsync(sample)).Settings.Keys.Where(
            name => name.Contains("__", StringComparison.Ordinal) && !name.StartsWith(StorageAccount.Setting, StringComparison.Ordinal));
        var sections = new[] { typeof(StorageAccount), typeof(ExportOptions) }.SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.GetField("Section") is { IsLiteral: true })
            .SelectMany(
                type => type.GetProperties().Select(property => $"{type.GetField("Section")!.GetRawConstantValue()}:{property.Name}"))
            .Append(LocalSettings.DatasetsFile)
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(settings, name => Assert.Contains(name.Replace("__", ":", StringComparison.Ordinal), sections));
    }

    [Fact]
    public async Task DatasetsFile_IsPublishedWithTheApp_AndRefersToASettingThatIsThere()
    {
        var settings = (await bicep.InstallationAsync("small")).Settings;
        var file = Path.Combine(Repository.Find().Root, settings["Exports__DatasetsFile"]);

        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        Assert.Contains(Reference().Match(text).Groups["name"].Value, settings.Keys);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Identity_HasTheLeastRoles(string sample)
    {
        var installation = await bicep.InstallationAsync(sample);

        var roles = installation.All("Microsoft.Authorization/roleAssignments").Select(role => (
            Scope: Scope().Match(role.GetProperty("id").GetString()!).Groups["type"].Value,
            Role: role.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!.Split('/')[^1]));

        // The ids are those of the reference "Azure built-in roles".
        Assert.Equivalent(
            new[]
            {
                (Scope: "storageAccounts", Role: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"), // Storage Blob Data Owner
                (Scope: "storageAccounts", Role: "db58b8e5-c6ad-4a2a-8342-4190687cbf4a"), // Storage Blob Delegator
                (Scope: "storageAccounts", Role: "974c5e8b-45b9-4653-ba55-5f855dd0fb88"), // Storage Queue Data Contributor
                (Scope: "storageAccounts", Role: "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"), // Storage Table Data Contributor
                (Scope: "vaults", Role: "4633458b-17de-408a-b874-0445c86b69e6"), // Key Vault Secrets User
                (Scope: "components", Role: "3913510d-42f4-4e42-8a64-420c390055eb"), // Monitoring Metrics Publisher
            },
            roles,
            strict: true);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task App_RunsOnFlexConsumption_WithinItsLimits(string sample)
    {
        var installation = await bicep.InstallationAsync(sample);

        Assert.Equal("FC1", installation.Only("Microsoft.Web/serverfarms").GetProperty("sku").GetProperty("name").GetString());
        var app = installation.Only("Microsoft.Web/sites").GetProperty("properties");
        Assert.True(app.GetProperty("httpsOnly").GetBoolean());
        var config = app.GetProperty("functionAppConfig");
        Assert.Equal("dotnet-isolated", config.GetProperty("runtime").GetProperty("name").GetString());
        Assert.Equal("10.0", config.GetProperty("runtime").GetProperty("version").GetString());
        Assert.Equal(
            "UserAssignedIdentity",
            config.GetProperty("deployment").GetProperty("storage").GetProperty("authentication").GetProperty("type").GetString());
        var scale = config.GetProperty("scaleAndConcurrency");
        Assert.InRange(scale.GetProperty("maximumInstanceCount").GetInt32(), 1, 1000);
        var zones = installation.Only("Microsoft.Web/serverfarms").GetProperty("properties").GetProperty("zoneRedundant").GetBoolean();
        Assert.All(
            scale.GetProperty("alwaysReady").EnumerateArray(),
            ready => Assert.True(ready.GetProperty("instanceCount").GetInt32() >= (zones ? 2 : 1)));
        Assert.All(scale.GetProperty("alwaysReady").EnumerateArray(), ready =>
        {
            var name = ready.GetProperty("name").GetString()!;
            Assert.True(name == "http" || Functions.Any(function => name == $"function:{function.Name}"), name);
        });
    }

    [Fact]
    public void HostJson_FitsFlexConsumption()
    {
        var host = JsonElement.Parse(File.ReadAllBytes(Repository.Find().HostJson));

        // 30 minutes are the plan's default and may be exceeded; a time limit must be there, as an endless run is never ended by a bill.
        Assert.Equal(
            TimeSpan.FromMinutes(30),
            TimeSpan.Parse(host.GetProperty("functionTimeout").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
        var queues = host.GetProperty("extensions").GetProperty("queues");
        Assert.InRange(queues.GetProperty("batchSize").GetInt32(), 1, 32);
        Assert.Equal("base64", queues.GetProperty("messageEncoding").GetString());
        Assert.False(host.TryGetProperty("extensionBundle", out _));
    }

    [Fact]
    public async Task Database_IsMadeOnlyWhenAskedFor()
    {
        Assert.Single((await bicep.InstallationAsync("small")).All("Microsoft.DBforPostgreSQL/flexibleServers"));
        Assert.Empty((await bicep.InstallationAsync("large")).All("Microsoft.DBforPostgreSQL/flexibleServers"));
    }

    [GeneratedRegex("%(?<name>[A-Za-z0-9_]+)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(
        "/providers/Microsoft\\.[A-Za-z]+/(?<type>[A-Za-z]+)/[^/]+/providers/Microsoft\\.Authorization/",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scope();
}
