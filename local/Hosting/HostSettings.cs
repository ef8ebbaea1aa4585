using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Local.Hosting;

/// <summary>What host.json says that concerns this host.</summary>
internal sealed record HostSettings
{
    /// <summary>Goes before every route; <c>api</c> where host.json says nothing, as in Azure.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>The setting that stands above host.json's <c>functionTimeout</c>, as in Azure.</summary>
    public const string FunctionTimeoutSetting = "AzureFunctionsJobHost__functionTimeout";

    private const string NoTimeout = "-1";

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(10);

    public QueueSettings Queues { get; init; } = new();

    /// <summary>How long a queue or timer function may run before its token is canceled; <see cref="Timeout.InfiniteTimeSpan"/> for no limit. 30 minutes where nothing is said, as in Azure.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Reads host.json.</summary>
    /// <param name="path">The file.</param>
    /// <param name="configuration">The settings, some of which stand above the file.</param>
    /// <exception cref="StartFailedException">It is not valid; the message names the key.</exception>
    public static HostSettings Read(string path, IConfiguration configuration)
    {
        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), HostJsonContext.Default.HostFile);
            return new HostSettings
            {
                RoutePrefix = file?.Extensions?.Http?.RoutePrefix ?? "api",
                FunctionTimeout = TimeoutOf(file?.FunctionTimeout, path, configuration),
                Queues = Check(file?.Extensions?.Queues?.ToSettings() ?? new QueueSettings(), path),
            };
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException($"{path} can't be read: {exception.Message}", exception);
        }
    }

    private static TimeSpan TimeoutOf(string? written, string path, IConfiguration configuration)
    {
        // A setting's two underscores are a colon once it is read from the environment.
        var setting = configuration[FunctionTimeoutSetting] ?? configuration[FunctionTimeoutSetting.Replace("__", ":", StringComparison.Ordinal)];
        var where = setting is null ? $"{path}: functionTimeout" : FunctionTimeoutSetting;
        return (setting ?? written) switch
        {
            null => new HostSettings().FunctionTimeout,
            NoTimeout => Timeout.InfiniteTimeSpan,
            var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout >= TimeSpan.FromSeconds(1) && timeout <= LongestTimeout => timeout,
            var text => throw new StartFailedException($"{where} is '{text}' and must be a duration from 00:00:01 to 10.00:00:00, such as 00:30:00, or -1 for no limit."),
        };
    }

    private static QueueSettings Check(QueueSettings queues, string path)
    {
        CheckRange(path, "batchSize", queues.BatchSize, 1, 32);
        CheckRange(path, "newBatchThreshold", queues.Threshold, 0, 1000);
        CheckRange(path, "maxDequeueCount", queues.MaxDequeueCount, 1, 1000);
        if (queues.MessageEncoding is not ("base64" or "none"))
            throw new StartFailedException($"{path}: extensions.queues.messageEncoding is '{queues.MessageEncoding}' and must be 'base64' or 'none'.");
        if (queues.MaxPollingInterval < QueueSettings.LeastPollingInterval)
            throw new StartFailedException($"{path}: extensions.queues.maxPollingInterval must be at least 00:00:00.100.");
        if (queues.VisibilityTimeout < TimeSpan.Zero || queues.VisibilityTimeout > TimeSpan.FromDays(7))
            throw new StartFailedException($"{path}: extensions.queues.visibilityTimeout must be from 00:00:00 to 7 days.");

        return queues;
    }

    private static void CheckRange(string path, string key, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new StartFailedException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: extensions.queues.{key} is {value} and must be from {least} to {most}."));
        }
    }
}

/// <summary>host.json's <c>extensions.queues</c>, with the defaults of the Functions host.</summary>
internal sealed record QueueSettings
{
    /// <summary>How soon an idle listener asks again at first.</summary>
    public static readonly TimeSpan LeastPollingInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Messages taken at once, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The next batch is taken when this many or fewer still run; half the batch size when absent.</summary>
    public int? NewBatchThreshold { get; init; }

    /// <summary>Attempts before a message goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a failed message stays hidden before the next attempt.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>The longest wait between two looks at an empty queue.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>base64</c> or <c>none</c>; the sender must agree.</summary>
    public string MessageEncoding { get; init; } = "base64";

    /// <summary>How long a taken message is hidden; renewed at half of it while its function runs, so that a killed host's messages are back within it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    public int Threshold => NewBatchThreshold ?? BatchSize / 2;
}

internal sealed record HostFile(HostExtensions? Extensions, string? FunctionTimeout);

internal sealed record HostExtensions(HttpSection? Http, QueueSection? Queues);

internal sealed record QueueSection(
    int? BatchSize, int? NewBatchThreshold, int? MaxDequeueCount, TimeSpan? VisibilityTimeout, TimeSpan? MaxPollingInterval, string? MessageEncoding)
{
    /// <summary>What the file says, and the defaults for the rest.</summary>
    public QueueSettings ToSettings()
    {
        var defaults = new QueueSettings();
        return defaults with
        {
            BatchSize = BatchSize ?? defaults.BatchSize,
            NewBatchThreshold = NewBatchThreshold,
            MaxDequeueCount = MaxDequeueCount ?? defaults.MaxDequeueCount,
            VisibilityTimeout = VisibilityTimeout ?? defaults.VisibilityTimeout,
            MaxPollingInterval = MaxPollingInterval ?? defaults.MaxPollingInterval,
            MessageEncoding = MessageEncoding ?? defaults.MessageEncoding,
        };
    }
}

internal sealed record HttpSection(string? RoutePrefix);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(HostFile))]
internal sealed partial class HostJsonContext : JsonSerializerContext;
