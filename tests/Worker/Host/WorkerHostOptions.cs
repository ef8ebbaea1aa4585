using Azure.Storage.Queues;

namespace ExportFunctions.TestHost;

/// <summary>What the test host starts, and how.</summary>
public sealed record WorkerHostOptions
{
    /// <summary>The published app: the folder with host.json and the app's assemblies.</summary>
    public required string AppFolder { get; init; }

    /// <summary>The app settings; the host reads <c>AzureWebJobsStorage</c> and <c>AzureFunctionsJobHost__…</c> from them, too.</summary>
    public required IReadOnlyDictionary<string, string?> Settings { get; init; }

    /// <summary>The app's assembly.</summary>
    public string Assembly { get; init; } = "ExportFunctions.Functions.dll";

    /// <summary>The key that functions with the level Function ask callers for; null asks for none.</summary>
    public string? FunctionKey { get; init; }

    /// <summary>Whether the queues are listened to.</summary>
    public QueueListening Queues { get; init; } = QueueListening.On;

    /// <summary>
    /// The account whose messages are delivered, by a client that does not decode them; null takes <c>AzureWebJobsStorage</c>.
    /// </summary>
    public QueueServiceClient? QueueService { get; init; }

    /// <summary>How long the worker may take to say that its functions are loaded.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the worker has to end by itself once it was told to; the Functions host gives five seconds.</summary>
    public TimeSpan TerminateGrace { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Whether a host takes messages.</summary>
public enum QueueListening
{
    /// <summary>It takes none.</summary>
    Off,

    /// <summary>It takes the messages of all queue functions.</summary>
    On,
}
