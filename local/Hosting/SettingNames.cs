using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Local.Hosting;

/// <summary>Resolves attribute values such as <c>%EXPORTS_REQUEUE_SCHEDULE%</c>, which refer to a setting.</summary>
internal static class SettingNames
{
    /// <summary>The value, with the setting's name replaced by its value.</summary>
    /// <param name="value">The attribute's value.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="function">The function's name, for the message.</param>
    /// <exception cref="StartFailedException">The setting is missing.</exception>
    public static string Resolve(string value, IConfiguration configuration, string function)
    {
        if (value is not ['%', .. var name, '%'])
            return value;

        return configuration[name] is { Length: > 0 } setting
            ? setting
            : throw new StartFailedException(
                $"The function '{function}' needs the setting '{name}': add it to Values in local.settings.json, or set it as an"
                    + " environment variable.");
    }
}
