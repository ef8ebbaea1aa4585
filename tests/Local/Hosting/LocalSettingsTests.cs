using System.Globalization;
using ExportFunctions.Local.Hosting;

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
        Assert.Equal((4, 2, 5), (settings.Queues.BatchSize, settings.Queues.Threshold, settings.Queues.MaxDequeueCount));
        Assert.Equal((TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(2), "none"), (settings.Queues.VisibilityTimeout, settings.Queues.MaxPollingInterval, settings.Queues.MessageEncoding));
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
            var settings = HostSettings.Read(Path.Combine(_root, "host.json"), setting is null ? LocalHosts.Settings() : LocalHosts.Settings((name, setting)));

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
            () => HostSettings.Read(Path.Combine(_root, "host.json"), setting is null ? LocalHosts.Settings() : LocalHosts.Settings((HostSettings.FunctionTimeoutSetting, setting))));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("00:30:00", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"batchSize\": 33", "batchSize is 33")]
    [InlineData("\"messageEncoding\": \"utf8\"", "messageEncoding is 'utf8'")]
    [InlineData("\"maxDequeueCount\": 0", "maxDequeueCount is 0")]
    public void Read_NamesTheKey_WhenHostJsonIsWrong(string queues, string expected)
    {
        Write("host.json", $$"""{ "extensions": { "queues": { {{queues}} } } }""");

        var failure = Assert.Throws<StartFailedException>(() => HostSettings.Read(Path.Combine(_root, "host.json"), LocalHosts.Settings()));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_root, name), content);
}
