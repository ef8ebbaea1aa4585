using System.Collections.Frozen;

namespace ExportFunctions.Datasets;

/// <summary>The datasets and sources this app serves, read once from the datasets file at start.</summary>
public sealed class DatasetCatalog
{
    private readonly FrozenDictionary<string, Dataset> _datasets;
    private readonly FrozenDictionary<string, DataSource> _sources;

    /// <summary>Makes a catalog of definitions that have been checked already.</summary>
    /// <param name="datasets">The datasets, in the order of the file.</param>
    /// <param name="sources">The sources the datasets name.</param>
    public DatasetCatalog(IReadOnlyList<Dataset> datasets, IReadOnlyList<DataSource> sources)
    {
        Datasets = datasets;
        Sources = sources;
        _datasets = datasets.ToFrozenDictionary(dataset => dataset.Name, StringComparer.Ordinal);
        _sources = sources.ToFrozenDictionary(source => source.Name, StringComparer.Ordinal);
    }

    /// <summary>The datasets, in the order of the file.</summary>
    public IReadOnlyList<Dataset> Datasets { get; }

    /// <summary>The sources.</summary>
    public IReadOnlyList<DataSource> Sources { get; }

    /// <summary>Finds a dataset by name; null when there is none.</summary>
    /// <param name="name">The dataset's name.</param>
    public Dataset? Find(string name) => _datasets.GetValueOrDefault(name);

    /// <summary>The source of a dataset.</summary>
    /// <param name="dataset">A dataset of this catalog.</param>
    /// <exception cref="KeyNotFoundException">The dataset is not of this catalog.</exception>
    public DataSource SourceOf(Dataset dataset) => _sources[dataset.Source];
}
