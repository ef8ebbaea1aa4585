using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Local.Hosting;

/// <summary>Resolves the connection strings that triggers name.</summary>
internal static class StorageConnection
{
    /// <summary>The setting with the host's own storage.</summary>
    public const string HostStorage = "AzureWebJobsStorage";

    /// <summary>The connection string.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="setting">The setting's name.</param>
    /// <param name="function">The function that needs it, for the message.</param>
    /// <exception cref="StartFailedException">The setting is missing.</exception>
    public static string Require(IConfiguration configuration, string setting, string function) =>
        configuration[setting] is { Length: > 0 } connection
            ? connection
            : throw new StartFailedException(
                $"The function '{function}' needs the setting '{setting}', a storage connection string; UseDevelopmentStorage=true uses"
                    + " the emulator.");
}
