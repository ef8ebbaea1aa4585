using ExportFunctions.Local.Queues;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Local.Hosting;

/// <summary>The parts of host.json that concern this host.</summary>
internal sealed record HostSettings
{
    /// <summary>The prefix of every route; <c>api</c> by default, as on Azure.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>The queues' settings.</summary>
    public QueueSettings Queues { get; init; } = new();

    /// <summary>
    /// How long a queue or timer function may run before its token is canceled; <see cref="Timeout.InfiniteTimeSpan"/> for no limit. 30
    /// minutes by default, as on Azure.
    /// </summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Reads host.json.</summary>
    /// <param name="path">The file.</param>
    /// <param name="configuration">The settings, some of which override the file.</param>
    /// <exception cref="StartFailedException">It is not valid; the message names the key.</exception>
    public static HostSettings Read(string path, IConfiguration configuration)
    {
        var file = HostJson.Read(path, configuration);
        var defaults = new HostSettings();
        return new HostSettings
        {
            RoutePrefix = file.Text("extensions:http:routePrefix") ?? defaults.RoutePrefix,
            FunctionTimeout = TimeoutOf(file) ?? defaults.FunctionTimeout,
            Queues = QueueSettings.Read(file),
        };
    }

    private static TimeSpan? TimeoutOf(HostJson file)
    {
        const string Key = "functionTimeout";
        const string NoTimeout = "-1";
        return file.Text(Key) == NoTimeout
            ? Timeout.InfiniteTimeSpan
            : file.Duration(Key, TimeSpan.FromSeconds(1), TimeSpan.FromDays(10), "such as 00:30:00, or -1 for no limit");
    }
}
