using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Monitoring.Telemetry;

/// <summary>
/// The address of Application Insights and the identity the app signs in with, from the settings that the Functions host reads too.
/// </summary>
/// <param name="ConnectionString">The address and the key.</param>
/// <param name="Identity">The identity to sign in with; null where the resource accepts telemetry without one.</param>
internal sealed record ApplicationInsights(string ConnectionString, TokenCredential? Identity)
{
    /// <summary>The setting with the address.</summary>
    public const string Setting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>The setting with the identity: <c>Authorization=AAD</c>, with <c>ClientId=…</c> for a user-assigned identity.</summary>
    public const string SignInSetting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>Reads the settings; null when Application Insights is not configured.</summary>
    public static ApplicationInsights? Read(IConfiguration configuration) =>
        configuration[Setting] is { Length: > 0 } connectionString
            ? new(connectionString, IdentityOf(configuration[SignInSetting]))
            : null;

    /// <summary>Creates the exporter of log records. Disposing it sends what is left.</summary>
    public ILoggerFactory CreateExporter() => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.AddAzureMonitorLogExporter(monitor =>
            {
                monitor.ConnectionString = ConnectionString;
                monitor.Credential = Identity;
                // An instance's disk is lost with the instance.
                monitor.DisableOfflineStorage = true;
            });
        }));

    private static ManagedIdentityCredential? IdentityOf(string? signIn)
    {
        var parts = (signIn ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .ToLookup(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        if (!parts["Authorization"].Contains("AAD", StringComparer.OrdinalIgnoreCase))
            return null;

        var clientId = parts["ClientId"].FirstOrDefault(id => id.Length > 0);
        return new ManagedIdentityCredential(
            clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId));
    }
}
