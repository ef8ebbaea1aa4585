using System.Text.Json;
using ExportFunctions.Datasets.Sources;
using Microsoft.Extensions.Configuration;

namespace ExportFunctions.Datasets.Definitions;

/// <summary>Reads the datasets file: JSON, comments and trailing commas allowed.</summary>
internal static class DatasetsFileReader
{
    private const long MaxBytes = 16 * 1024 * 1024;

    private static readonly JsonDocumentOptions Json = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
    };

    /// <summary>Reads and checks the whole file.</summary>
    /// <param name="path">The file; relative SQLite paths in it are based on its folder.</param>
    /// <param name="configuration">Where <c>%SETTING%</c> in connection strings is looked up.</param>
    /// <exception cref="DatasetsFileException">The file is missing, is not JSON, or has errors; all of them are reported.</exception>
    public static DatasetCatalog Read(string path, IConfiguration configuration)
    {
        var fullPath = Path.GetFullPath(path);
        using var document = Parse(fullPath);
        var faults = new List<string>();
        var (datasets, sources) = ReadFile(document.RootElement, Path.GetDirectoryName(fullPath)!, configuration, faults);

        return faults.Count == 0
            ? new DatasetCatalog(datasets, sources, Path.GetFileName(fullPath))
            : throw new DatasetsFileException(fullPath, faults);
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
                throw new DatasetsFileException(path, ["it is larger than 16 MB."]);

            return JsonDocument.Parse(File.ReadAllBytes(path), Json);
        }
        catch (JsonException fault)
        {
            throw new DatasetsFileException(path, [$"it is not valid JSON. {fault.Message}"], fault);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetsFileException(path, ["there is no such file; the setting Exports:DatasetsFile says where it is."], fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetsFileException(path, ["it can't be read; check the permissions of the file and its folder."], fault);
        }
    }

    private static (List<Dataset> Datasets, List<DataSource> Sources) ReadFile(
        JsonElement root, string folder, IConfiguration configuration, List<string> faults)
    {
        var datasets = new List<Dataset>();
        var sources = new List<DataSource>();
        var definition = DefinitionObject.From(root, "", faults);
        if (definition is null)
            return (datasets, sources);

        definition.Allow("$schema", "sources", "datasets");

        // The names count even if a source is invalid, so that its datasets get no errors of their own.
        var sourceNames = new List<string>();
        if (definition.Required("sources", JsonValueKind.Object, "an object of named sources") is { } sourceList)
        {
            foreach (var property in sourceList.EnumerateObject())
            {
                sourceNames.Add(property.Name);
                if (SourceDefinition.Read(property.Name, property.Value, folder, configuration, faults) is { } source)
                    sources.Add(source);
            }
        }

        if (definition.Required("datasets", JsonValueKind.Array, "a list of datasets") is { } datasetList)
            ReadDatasets(definition, datasetList, sourceNames, folder, datasets, faults);

        foreach (var dataset in datasets)
        {
            if (sources.Find(source => source.Name == dataset.Source) is { } source
                && SelectWidth.FaultOf(dataset, source.Provider) is { } fault)
                definition.Fault($"dataset '{dataset.Name}'", fault);
        }

        return (datasets, sources);
    }

    private static void ReadDatasets(
        DefinitionObject definition, JsonElement list, List<string> sourceNames, string folder, List<Dataset> datasets, List<string> faults)
    {
        if (list.GetArrayLength() == 0)
            definition.Fault("datasets", "must have at least one dataset.");

        var names = new HashSet<string>(StringComparer.Ordinal);
        var position = 0;
        foreach (var element in list.EnumerateArray())
        {
            var dataset = DatasetDefinition.Read(element, position++, sourceNames, folder, faults);
            if (dataset is null)
                continue;

            if (names.Add(dataset.Name))
                datasets.Add(dataset);
            else
                definition.Fault($"datasets[{position - 1}].name", $"\"{dataset.Name}\" is used twice; names are unique in the file.");
        }
    }
}
