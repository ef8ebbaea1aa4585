using System.Globalization;
using Azure.Storage.Queues;
using ExportFunctions.Local.Hosting;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Hosting;

namespace ExportFunctions.Tests.Local.Hosting;

public sealed class LocalSettingsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("exportfunctions-settings-").FullName;

    [Fact]
    public void Load_PrefersTheirOwnFile_OverTheSample()
    {
        Write("local.settings.sample.json", """{ "Values": { "LOCAL_TEST_A": "sample", "LOCAL_TEST_B": "sample" } }""");
        Write("local.settings.json", """{ "Values": { "LOCAL_TEST_A": "own" } } // with a comment""");

        var settings = LocalSettings.Load(new Repository(_root));

        Assert.Equal("own", settings["LOCAL_TEST_A"]);
        Assert.Null(settings["LOCAL_TEST_B"]);
    }

    [Fact]
    public void Load_PrefersTheEnvironment_OverFiles()
    {
        Write("local.settings.sample.json", """{ "Values": { "LocalTest__Nested": "file", "LOCAL_TEST_C": "file" } }""");
        Environment.SetEnvironmentVariable("LocalTest__Nested", "environment");
        try
        {
            var settings = LocalSettings.Load(new Repository(_root));

            Assert.Equal("environment", settings["LocalTest:Nested"]);
            Assert.Equal("file", settings["LOCAL_TEST_C"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("LocalTest__Nested", null);
        }
    }

    [Fact]
    public void Load_UsesTheSample_WhenNoDatasetsFileIsSet()
    {
        var repository = new Repository(_root);

        var settings = LocalSettings.Load(repository);

        Assert.True(LocalSettings.UsesSample(settings, repository));
        Assert.False(LocalSettings.UsesSample(LocalHosts.Settings((LocalSettings.DatasetsFile, "mine.json")), repository));
    }

    [Theory]
    [InlineData("""{ "Values": """, "can't be read")]
    [InlineData("[]", "JSON object")]
    [InlineData("""{ "IsEncrypted": true, "Values": {} }""", "encrypted")]
    [InlineData("""{ "Values": { "Exports": { "DatasetsFile": "x" } } }""", "Section__Name")]
    public void Load_NamesTheFileAndTheFix_WhenItIsWrong(string content, string expected)
    {
        Write("local.settings.json", content);

        var failure = Assert.Throws<StartFailedException>(() => LocalSettings.Load(new Repository(_root)));

        Assert.Contains("local.settings.json", failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TakesQueueSettings_FromHostJson()
    {
        Write("host.json", """{ "extensions": { "http": { "routePrefix": "" }, "queues": { "batchSize": 4, "newBatchThreshold": 2, "visibilityTimeout": "00:00:15", "maxPollingInterval": "00:00:02", "messageEncoding": "none" } } }""");

        var settings = HostSettings.Read(Path.Combine(_root, "host.json"), LocalHosts.Settings());

        Assert.Equal("", settings.RoutePrefix);
        Assert.Equal((4, 2, null), (settings.Queues.BatchSize, settings.Queues.NewBatchThreshold, settings.Queues.MaxDequeueCount));
        Assert.Equal(
            (TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(2)), (settings.Queues.VisibilityTimeout, settings.Queues.MaxPollingInterval));
        Assert.Equal(QueueMessageEncoding.None, settings.Queues.MessageEncoding);
    }

    [Theory]
    [InlineData("AzureFunctionsJobHost__extensions__queues__")]
    [InlineData("AzureFunctionsJobHost:extensions:queues:")]
    public void Read_PrefersSettings_OverHostJson(string prefix)
    {
        Write(
            "host.json", """{ "extensions": { "queues": { "batchSize": 4, "maxDequeueCount": 7, "maxPollingInterval": "00:00:02" } } }""");

        var settings = HostSettings.Read(
            Path.Combine(_root, "host.json"),
            LocalHosts.Settings(($"{prefix}batchSize", "8"), ($"{prefix}maxPollingInterval", "00:00:00.2")));

        Assert.Equal(
            (8, 7, TimeSpan.FromMilliseconds(200)),
            (settings.Queues.BatchSize, settings.Queues.MaxDequeueCount, settings.Queues.MaxPollingInterval));
    }

    [Fact]
    public void Read_LeavesQueueSettingsToWebJobs_WhenHostJsonIsSilent()
    {
        Write("host.json", "{ }");
        var (told, untold) = (new QueuesOptions(), new QueuesOptions());

        HostSettings.Read(Path.Combine(_root, "host.json"), LocalHosts.Settings()).Queues.Apply(told);

        Assert.Equal(((IOptionsFormatter)untold).Format(), ((IOptionsFormatter)told).Format());
    }

    [Theory]
    [InlineData("""{ "functionTimeout": "00:05:00" }""", null, "00:05:00")]
    [InlineData("""{ "functionTimeout": "00:05:00" }""", "00:10:00", "00:10:00")]
    [InlineData("""{ "functionTimeout": "-1" }""", null, "-00:00:00.001")]
    [InlineData("{ }", null, "00:30:00")]
    public void Read_TakesTheTimeout_FromTheSettingOrHostJson(string file, string? setting, string expected)
    {
        Write("host.json", file);

        foreach (var name in new[] { "AzureFunctionsJobHost__functionTimeout", "AzureFunctionsJobHost:functionTimeout" })
        {
            var settings = HostSettings.Read(
                Path.Combine(_root, "host.json"), setting is null ? LocalHosts.Settings() : LocalHosts.Settings((name, setting)));

            Assert.Equal(TimeSpan.Parse(expected, CultureInfo.InvariantCulture), settings.FunctionTimeout);
        }
    }

    [Theory]
    [InlineData("soon", null, "host.json: functionTimeout is 'soon'")]
    [InlineData("00:05:00", "00:00:00", "AzureFunctionsJobHost__functionTimeout is '00:00:00'")]
    [InlineData("00:05:00", "11.00:00:00", "AzureFunctionsJobHost__functionTimeout is '11.00:00:00'")]
    public void Read_NamesTheKeyAndTheFix_WhenTheTimeoutIsWrong(string file, string? setting, string expected)
    {
        Write("host.json", $$"""{ "functionTimeout": "{{file}}" }""");

        var failure = Assert.Throws<StartFailedException>(
            () => HostSettings.Read(
                Path.Combine(_root, "host.json"),
                setting is null ? LocalHosts.Settings() : LocalHosts.Settings(("AzureFunctionsJobHost__functionTimeout", setting))));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("00:30:00", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"batchSize\": 33", "extensions.queues.batchSize is '33'")]
    [InlineData("\"messageEncoding\": \"utf8\"", "messageEncoding is 'utf8'")]
    [InlineData("\"maxDequeueCount\": 0", "maxDequeueCount is '0'")]
    [InlineData("\"newBatchThreshold\": \"some\"", "newBatchThreshold is 'some'")]
    [InlineData("\"maxPollingInterval\": \"00:00:00.05\"", "maxPollingInterval is '00:00:00.05'")]
    [InlineData("\"visibilityTimeout\": \"8.00:00:00\"", "visibilityTimeout is '8.00:00:00'")]
    [InlineData("\"batchSize\": 4, oops", "can't be read")]
    public void Read_NamesTheKey_WhenHostJsonIsWrong(string queues, string expected)
    {
        Write("host.json", $$"""{ "extensions": { "queues": { {{queues}} } } }""");

        var failure = Assert.Throws<StartFailedException>(() => HostSettings.Read(Path.Combine(_root, "host.json"), LocalHosts.Settings()));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_root, name), content);
}
