using ExportFunctions.TestHost;
using ExportFunctions.Tests.Integration;

namespace ExportFunctions.Tests.Worker;

/// <summary>Starts the published app with the settings of the tests.</summary>
internal static class WorkerHosts
{
    /// <summary>The key that callers must give.</summary>
    public const string Key = "a function's key";

    public static Dictionary<string, string?> Settings(string storage, string datasetsFile)
    {
        var settings = TestApp.Settings(storage, datasetsFile);
        settings["WEBHOOK_SECRETS_KEY"] = Convert.ToBase64String(new byte[32]);

        // A dead worker's job is saved soon, and a message that failed comes back at once.
        settings["Exports:LeaseDuration"] = "00:00:02";
        settings["Exports:HeartbeatInterval"] = "00:00:00.2";
        settings["AzureFunctionsJobHost__extensions__queues__visibilityTimeout"] = "00:00:00";
        return settings;
    }

    public static async Task<WorkerHost> StartAsync(Dictionary<string, string?> settings, QueueListening queues = QueueListening.On) =>
        await WorkerHost.StartAsync(
            new WorkerHostOptions { AppFolder = await PublishedApp.FolderAsync(), Settings = settings, FunctionKey = Key, Queues = queues },
            TestContext.Current.CancellationToken);

    /// <summary>A client that gives the key.</summary>
    public static ExportClient ClientOf(WorkerHost host)
    {
        var client = new ExportClient(host.Url);
        client.Http.DefaultRequestHeaders.Add("x-functions-key", Key);
        return client;
    }
}
