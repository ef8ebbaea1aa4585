using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Local.Hosting;

/// <summary>host.json, overridden by settings as on Azure: <c>AzureFunctionsJobHost__extensions__queues__batchSize</c>.</summary>
internal sealed class HostJson
{
    private const string Prefix = "AzureFunctionsJobHost";

    private readonly string _path;
    private readonly IConfiguration _file;
    private readonly IConfiguration _settings;

    private HostJson(string path, IConfiguration file, IConfiguration settings) => (_path, _file, _settings) = (path, file, settings);

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="StartFailedException">It is not valid JSON.</exception>
    public static HostJson Read(string path, IConfiguration settings)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return new HostJson(path, new ConfigurationBuilder().AddJsonStream(stream).Build(), settings);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException($"{path} can't be read: {exception.Message}", exception);
        }
    }

    /// <summary>The value of a key; null when there is none.</summary>
    /// <param name="key">The key, such as <c>extensions:queues:batchSize</c>.</param>
    public string? Text(string key) => Setting(key) ?? _file[key];

    /// <summary>Reads a number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The minimum.</param>
    /// <param name="max">The maximum.</param>
    /// <exception cref="StartFailedException">It is not a number within these bounds.</exception>
    public int? Number(string key, int min, int max) => Text(key) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max => number,
        var text => throw Wrong(key, text, string.Create(CultureInfo.InvariantCulture, $"must be from {min} to {max}")),
    };

    /// <summary>Reads a duration.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The minimum.</param>
    /// <param name="max">The maximum.</param>
    /// <param name="example">An example for the message.</param>
    /// <exception cref="StartFailedException">It is not a duration within these bounds.</exception>
    public TimeSpan? Duration(string key, TimeSpan min, TimeSpan max, string example) => Text(key) switch
    {
        null => null,
        var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration)
            && duration >= min && duration <= max => duration,
        var text => throw Wrong(key, text, $"must be a duration from {min:c} to {max:c}, {example}"),
    };

    /// <summary>Creates the exception for an invalid value; it names the location of the value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">The value.</param>
    /// <param name="expected">What it must be.</param>
    public StartFailedException Wrong(string key, string text, string expected)
    {
        var where = Setting(key) is null
            ? $"{_path}: {key.Replace(':', '.')}"
            : $"{Prefix}__{key.Replace(":", "__", StringComparison.Ordinal)}";
        return new StartFailedException($"{where} is '{text}' and {expected}.");
    }

    // A double underscore in an environment variable is read as a colon.
    private string? Setting(string key) =>
        _settings[$"{Prefix}:{key}"] ?? _settings[$"{Prefix}__{key.Replace(":", "__", StringComparison.Ordinal)}"];
}
