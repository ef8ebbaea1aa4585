using ExportFunctions.TestHost;

namespace ExportFunctions.Tests.Worker;

/// <summary>What the published app says of settings that are wrong.</summary>
[Integration]
public sealed class WorkerSettingsTests
{
    [Fact]
    public async Task Worker_SaysOneLineOnlyAndEnds_WhenASettingIsWrong()
    {
        var options = new WorkerHostOptions
        {
            AppFolder = await PublishedApp.FolderAsync(),
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["EXPORT_RETENTION_DAYS"] = "0" },
        };

        // Nothing listens there: it is to end before it calls.
        using var worker = WorkerProcess.Start(options, new Uri("http://127.0.0.1:1"));
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(
            TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal(1, worker.ExitCode);
        Assert.Equal("EXPORT_RETENTION_DAYS is '0' and must be a whole number from 1 to 3650.", worker.Output.Trim());
    }
}
