using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Local.Hosting;

/// <summary>The settings: local.settings.json, else local.settings.sample.json, and environment variables on top.</summary>
internal static class LocalSettings
{
    public const string DatasetsFile = "Exports:DatasetsFile";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Loads them; <c>__</c> in a name stands for <c>:</c>.</summary>
    /// <param name="repository">Locates the files.</param>
    /// <exception cref="StartFailedException">A file is invalid.</exception>
    public static IConfigurationRoot Load(Repository repository) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection([new(DatasetsFile, repository.SampleDatasets), new(LocalKey.Setting, KeyOf(repository))])
            .AddInMemoryCollection(ReadFile(repository))
            .AddEnvironmentVariables()
            .Build();

    /// <summary>Whether the app serves the sample's database.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="repository">Locates the sample.</param>
    public static bool UsesSample(IConfiguration configuration, Repository repository) =>
        configuration[DatasetsFile] is { } file
        && string.Equals(Path.GetFullPath(file, repository.Root), repository.SampleDatasets, StringComparison.Ordinal);

    private static string? KeyOf(Repository repository) =>
        LocalKey.MayBeMade(Environment.GetEnvironmentVariable) ? LocalKey.ReadOrMake(repository.SecretsKey) : null;

    private static Dictionary<string, string?> ReadFile(Repository repository)
    {
        var path = Path.Combine(repository.Root, "local.settings.json");
        if (!File.Exists(path))
            path = Path.Combine(repository.Root, "local.settings.sample.json");
        if (!File.Exists(path))
            return [];

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            return ReadValues(document.RootElement, path);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException($"{path} can't be read: {exception.Message}", exception);
        }
    }

    private static Dictionary<string, string?> ReadValues(JsonElement root, string path)
    {
        if (root.ValueKind is not JsonValueKind.Object)
            throw new StartFailedException($"{path} must hold a JSON object with the settings in \"Values\".");
        if (root.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind is JsonValueKind.True)
            throw new StartFailedException(
                $"{path} is encrypted, which only the Functions Core Tools can read: run 'func settings decrypt' first.");
        if (!root.TryGetProperty("Values", out var values))
            return [];
        if (values.ValueKind is not JsonValueKind.Object)
            throw new StartFailedException($"{path}: \"Values\" must be an object of names and texts.");

        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in values.EnumerateObject())
        {
            if (value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                throw new StartFailedException(
                    $"{path}: \"{value.Name}\" in \"Values\" must be a text; nested settings are written \"Section__Name\".");

            settings[value.Name.Replace("__", ":", StringComparison.Ordinal)] = value.Value.ToString();
        }

        return settings;
    }
}
