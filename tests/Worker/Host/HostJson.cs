using Microsoft.Extensions.Configuration;

namespace ExportFunctions.TestHost;

/// <summary>The app's host.json, with the app settings that override it.</summary>
internal static class HostJson
{
    private const string Override = "AzureFunctionsJobHost__";

    public static IConfiguration Read(WorkerHostOptions options) =>
        new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(options.AppFolder, "host.json"), optional: false)
            .AddInMemoryCollection(options.Settings
                .Where(setting => setting.Key.StartsWith(Override, StringComparison.OrdinalIgnoreCase))
                .Select(setting => KeyValuePair.Create(
                    setting.Key[Override.Length..].Replace("__", ":", StringComparison.Ordinal), setting.Value)))
            .Build();
}
