using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Local.Hosting;

/// <summary>
/// host.json, under the settings that stand above it as on Azure: <c>AzureFunctionsJobHost__extensions__queues__batchSize</c>.
/// </summary>
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
    /// <exception cref="StartFailedException">It is not JSON.</exception>
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

    /// <summary>What stands under a key; null when nothing does.</summary>
    /// <param name="key">The key, such as <c>extensions:queues:batchSize</c>.</param>
    public string? Text(string key) => Setting(key) ?? _file[key];

    /// <summary>A number under a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The least.</param>
    /// <param name="max">The most.</param>
    /// <exception cref="StartFailedException">It is something else.</exception>
    public int? Number(string key, int min, int max) => Text(key) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max => number,
        var text => throw Wrong(key, text, string.Create(CultureInfo.InvariantCulture, $"must be from {min} to {max}")),
    };

    /// <summary>A duration under a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="min">The least.</param>
    /// <param name="max">The most.</param>
    /// <param name="example">Says what it may be like.</param>
    /// <exception cref="StartFailedException">It is something else.</exception>
    public TimeSpan? Duration(string key, TimeSpan min, TimeSpan max, string example) => Text(key) switch
    {
        null => null,
        var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration)
            && duration >= min && duration <= max => duration,
        var text => throw Wrong(key, text, $"must be a duration from {min:c} to {max:c}, {example}"),
    };

    /// <summary>What is thrown for a value that can't be used; it names where the value stands.</summary>
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

    // A setting's two underscores are a colon once it is read from the environment.
    private string? Setting(string key) =>
        _settings[$"{Prefix}:{key}"] ?? _settings[$"{Prefix}__{key.Replace(":", "__", StringComparison.Ordinal)}"];
}
