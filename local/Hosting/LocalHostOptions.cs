using System.Globalization;
using System.Net;
using System.Reflection;
using ExportFunctions.Functions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Local.Hosting;

/// <summary>The options of a local host.</summary>
internal sealed record LocalHostOptions
{
    /// <summary>The setting with the grace period for running functions when the host stops.</summary>
    public const string GraceSetting = "LOCAL_SHUTDOWN_GRACE";

    /// <summary>The settings the app sees.</summary>
    public required IConfiguration Configuration { get; init; }

    /// <summary>host.json.</summary>
    public required HostSettings HostSettings { get; init; }

    /// <summary>The assemblies to search for functions; the app's own by default.</summary>
    public IReadOnlyList<Assembly> Assemblies { get; init; } = [typeof(Composition).Assembly];

    /// <summary>Adds the app's services; by default those that both hosts share.</summary>
    public Action<IServiceCollection, IConfiguration> AddServices { get; init; } = static (services, configuration) =>
        services.AddExportFunctions(configuration);

    /// <summary>Configures logging; there is none by default.</summary>
    public Action<ILoggingBuilder> AddLogging { get; init; } = static _ => { };

    /// <summary>Filters the functions found, for tests.</summary>
    public Func<FunctionDefinition, bool> Serves { get; init; } = static _ => true;

    /// <summary>The address to listen on: <c>localhost</c>, <c>*</c> for all, or an IP address.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The port; 0 picks a free one.</summary>
    public int Port { get; init; } = 7071;

    /// <summary>
    /// Whether mails are enabled if there is an inbox to receive them and the settings don't say; set by the command line.
    /// </summary>
    public bool InboxTakesMails { get; init; }

    /// <summary>How long running functions may continue once the host stops; 10 seconds by default.</summary>
    /// <exception cref="StartFailedException"><see cref="GraceSetting"/> is not a duration.</exception>
    public TimeSpan ShutdownGrace => Configuration[GraceSetting] switch
    {
        null or "" => TimeSpan.FromSeconds(10),
        var text when TimeSpan.TryParse(
            text, CultureInfo.InvariantCulture, out var grace) && grace >= TimeSpan.Zero && grace <= TimeSpan.FromHours(1) => grace,
        var text => throw new StartFailedException(
            $"{GraceSetting} is '{text}' and must be a duration from 00:00:00 to 01:00:00, such as 00:00:10."),
    };

    /// <summary>The address to bind to.</summary>
    /// <exception cref="StartFailedException"><see cref="Host"/> is not an address.</exception>
    public IPAddress Address => Host switch
    {
        "localhost" => IPAddress.Loopback,
        "*" => IPAddress.IPv6Any,
        _ when IPAddress.TryParse(Host, out var address) => address,
        _ => throw new StartFailedException(
            $"'{Host}' is not an address to listen on: give localhost, * for all, or an IP address of this machine."),
    };
}
