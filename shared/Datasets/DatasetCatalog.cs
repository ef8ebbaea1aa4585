using System.Collections.Frozen;
using ExportFunctions.Datasets.Identity;

namespace ExportFunctions.Datasets;

/// <summary>The datasets and sources this app serves, read once from the datasets file at startup.</summary>
public sealed class DatasetCatalog
{
    private readonly FrozenDictionary<string, Dataset> _datasets;
    private readonly FrozenDictionary<string, DataSource> _sources;
    private readonly Lazy<FrozenDictionary<string, DatasetIdentity>> _identities;
    private readonly Lazy<FrozenSet<string>> _sourceHashes;

    /// <summary>Makes a catalog from validated definitions.</summary>
    /// <param name="datasets">The datasets, in the order of the file.</param>
    /// <param name="sources">The sources the datasets name.</param>
    /// <param name="file">The file's name, without its folder.</param>
    public DatasetCatalog(IReadOnlyList<Dataset> datasets, IReadOnlyList<DataSource> sources, string file = "datasets.json")
    {
        File = file;
        Datasets = datasets;
        Sources = sources;
        _datasets = datasets.ToFrozenDictionary(dataset => dataset.Name, StringComparer.Ordinal);
        _sources = sources.ToFrozenDictionary(source => source.Name, StringComparer.Ordinal);
        _identities = new(() => Datasets.ToFrozenDictionary(dataset => dataset.Name, Identify, StringComparer.Ordinal));
        _sourceHashes = new(() => Sources.Select(HashOf).ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>The file's name, without its folder.</summary>
    public string File { get; }

    /// <summary>The datasets, in the order of the file.</summary>
    public IReadOnlyList<Dataset> Datasets { get; }

    /// <summary>The sources.</summary>
    public IReadOnlyList<DataSource> Sources { get; }

    /// <summary>Finds a dataset by name; null when there is none.</summary>
    /// <param name="name">The dataset's name.</param>
    public Dataset? Find(string name) => _datasets.GetValueOrDefault(name);

    /// <summary>The names of the datasets, in the order of the file.</summary>
    public IEnumerable<string> Names => Datasets.Select(dataset => dataset.Name);

    /// <summary>The source of a dataset.</summary>
    /// <param name="dataset">A dataset from this catalog.</param>
    /// <exception cref="KeyNotFoundException">The dataset is not in this catalog.</exception>
    public DataSource SourceOf(Dataset dataset) => _sources[dataset.Source];

    /// <summary>The identity that requests for a dataset are validated against.</summary>
    /// <param name="dataset">A dataset from this catalog.</param>
    /// <exception cref="KeyNotFoundException">The dataset is not in this catalog.</exception>
    public DatasetIdentity IdentityOf(Dataset dataset) => _identities.Value[dataset.Name];

    /// <summary>The identity that requests are validated against, for each dataset.</summary>
    internal IReadOnlyCollection<DatasetIdentity> Identities => _identities.Value.Values;

    /// <summary>The identity that requests for the dataset with this name are validated against; null when there is none.</summary>
    internal DatasetIdentity? FindIdentity(string name) => _identities.Value.GetValueOrDefault(name);

    /// <summary>The hashes of all sources, by <see cref="DatasetIdentity.Source"/>.</summary>
    internal IReadOnlySet<string> SourceHashes => _sourceHashes.Value;

    private static string HashOf(DataSource source) => IdentityHash.Of(SourceIdentity.CanonicalText(source));

    private DatasetIdentity Identify(Dataset dataset)
    {
        var source = SourceOf(dataset);
        return new DatasetIdentity(
            dataset.Name,
            File,
            SourceIdentity.InWords(source),
            HashOf(source),
            IdentityHash.Of(DefinitionText.Of(dataset)));
    }
}
