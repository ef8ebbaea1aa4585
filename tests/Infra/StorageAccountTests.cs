using System.Globalization;
using ExportFunctions.Functions;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Storage;

namespace ExportFunctions.Tests.Infra;

/// <summary>
/// The storage account of the sample parameter files, against the names that the code uses and the times that cleanup keeps.
/// </summary>
[Integration]
public sealed class StorageAccountTests(BicepFixture bicep)
{
    [Theory]
    [MemberData(nameof(InstallationTests.Samples), MemberType = typeof(InstallationTests))]
    public async Task Storage_HoldsEverythingTheCodeNames(string sample)
    {
        var installation = await bicep.InstallationAsync(sample);
        var names = typeof(StorageNames).GetFields().ToDictionary(
            field => field.Name, field => (string)field.GetRawConstantValue()!, StringComparer.Ordinal);

        Assert.Superset(
            Ending("Container"),
            installation.Names("Microsoft.Storage/storageAccounts/blobServices/containers").ToHashSet(StringComparer.Ordinal));
        Assert.Superset(
            Ending("Queue"),
            installation.Names("Microsoft.Storage/storageAccounts/queueServices/queues").ToHashSet(StringComparer.Ordinal));
        Assert.Superset(
            Ending("Table"),
            installation.Names("Microsoft.Storage/storageAccounts/tableServices/tables").ToHashSet(StringComparer.Ordinal));
        Assert.Equal(names.Count, Ending("Container").Count + Ending("Queue").Count + Ending("Table").Count);

        HashSet<string> Ending(string kind) =>
            names.Where(
                name => name.Key.EndsWith(kind, StringComparison.Ordinal)).Select(name => name.Value).ToHashSet(StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(InstallationTests.Samples), MemberType = typeof(InstallationTests))]
    public async Task Storage_HoldsAPoisonQueueForEveryQueueFunction(string sample)
    {
        var queues = (await bicep.InstallationAsync(sample)).Names("Microsoft.Storage/storageAccounts/queueServices/queues");

        Assert.All(FunctionDiscovery.Find([typeof(Composition).Assembly]).OfType<QueueFunction>(), function =>
        {
            Assert.Contains(function.Queue, queues);
            if (!function.Queue.EndsWith("-poison", StringComparison.Ordinal))
                Assert.Contains(function.Queue + "-poison", queues);
        });
    }

    [Theory]
    [MemberData(nameof(InstallationTests.Samples), MemberType = typeof(InstallationTests))]
    public async Task Storage_IsPrivateAndTakesNoKeys(string sample)
    {
        var installation = await bicep.InstallationAsync(sample);

        var account = installation.Only("Microsoft.Storage/storageAccounts").GetProperty("properties");
        Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(account.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(account.GetProperty("supportsHttpsTrafficOnly").GetBoolean());
        Assert.Equal("TLS1_2", account.GetProperty("minimumTlsVersion").GetString());
        var blobs = installation.Only("Microsoft.Storage/storageAccounts/blobServices").GetProperty("properties");
        Assert.True(blobs.GetProperty("deleteRetentionPolicy").GetProperty("enabled").GetBoolean());
        Assert.True(blobs.GetProperty("containerDeleteRetentionPolicy").GetProperty("enabled").GetBoolean());
        Assert.All(
            installation.All("Microsoft.Storage/storageAccounts/blobServices/containers"),
            container => Assert.Equal("None", container.GetProperty("properties").GetProperty("publicAccess").GetString()));
    }

    [Theory]
    [MemberData(nameof(InstallationTests.Samples), MemberType = typeof(InstallationTests))]
    public async Task Lifecycle_NeverDeletesWhatCleanupOwns(string sample)
    {
        var rules = (await bicep.InstallationAsync(sample)).Rules;

        var deleting = Assert.Single(rules, rule => rule.Action == "delete");
        Assert.Equal(StorageNames.ArchiveContainer + "/", deleting.Prefix);
    }

    [Theory]
    [MemberData(nameof(InstallationTests.Samples), MemberType = typeof(InstallationTests))]
    public async Task Lifecycle_StaysInATierForTheTimeThatIsChargedAnyway(string sample)
    {
        var installation = await bicep.InstallationAsync(sample);
        var rules = installation.Rules;

        var zones = installation.Only("Microsoft.Storage/storageAccounts").GetProperty("sku").GetProperty("name")
            .GetString()!.Contains("ZRS", StringComparison.Ordinal);
        var archived = Assert.Single(rules, rule => rule.Action is "tierToArchive" or "tierToCold");
        Assert.Equal(zones ? "tierToCold" : "tierToArchive", archived.Action);
        var deleted = Assert.Single(rules, rule => rule.Action is "delete");
        Assert.Equal(StorageNames.ArchiveContainer + "/", archived.Prefix);
        Assert.True(deleted.Days - archived.Days >= 180);
        Assert.All(rules.Where(rule => rule.Action == "tierToCool"), rule =>
        {
            Assert.Equal(StorageNames.FilesContainer + "/", rule.Prefix);
            Assert.True(int.Parse(installation.Settings["EXPORT_RETENTION_DAYS"], CultureInfo.InvariantCulture) - rule.Days >= 30);
        });
    }

    [Fact]
    public async Task Lifecycle_CoolsTheFilesOfALargeInstallation()
    {
        var rules = (await bicep.InstallationAsync("large")).Rules;

        Assert.Contains(new LifecycleRule(StorageNames.FilesContainer + "/", "tierToCool", 30), rules);
    }
}
