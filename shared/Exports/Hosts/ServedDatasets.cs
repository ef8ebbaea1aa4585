using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Identity;

namespace ExportFunctions.Exports.Hosts;

/// <summary>What a host serves: its sources, and the name, source and definition of each dataset. As text: one line each, sorted.</summary>
internal sealed class ServedDatasets
{
    private const char Separator = '\t';

    private readonly HashSet<string> _sources;
    private readonly Dictionary<string, Served> _datasets;

    private ServedDatasets(HashSet<string> sources, Dictionary<string, Served> datasets)
    {
        _sources = sources;
        _datasets = datasets;
    }

    /// <summary>The datasets of a catalog.</summary>
    public static ServedDatasets Of(DatasetCatalog catalog) => new(
        [.. catalog.SourceHashes],
        catalog.Identities.ToDictionary(
            identity => identity.Dataset, identity => new Served(identity.Source, identity.Definition), StringComparer.Ordinal));

    /// <summary>Parses the text form; invalid lines are ignored.</summary>
    public static ServedDatasets Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(Separator)).ToList();
        var datasets = lines.Where(parts => parts.Length == 3).DistinctBy(parts => parts[0], StringComparer.Ordinal);
        return new ServedDatasets(
            [.. lines.Where(parts => parts.Length == 1).Select(parts => parts[0])],
            datasets.ToDictionary(parts => parts[0], parts => new Served(parts[1], parts[2]), StringComparer.Ordinal));
    }

    /// <summary>The hash of them all, independent of their order in the file.</summary>
    public string Hash => IdentityHash.Of(ToText());

    /// <summary>Whether it contains a dataset with the same source and definition.</summary>
    public bool Contains(DatasetIdentity identity) =>
        _datasets.GetValueOrDefault(identity.Dataset) == new Served(identity.Source, identity.Definition);

    /// <summary>
    /// Whether the host may read what was validated against a dataset, by the rule of <see cref="JobPlacement.MayRead"/>.
    /// </summary>
    /// <param name="identity">The dataset.</param>
    /// <param name="file">The host's datasets file.</param>
    public bool MayRead(DatasetIdentity identity, string file)
    {
        if (Contains(identity))
            return true;

        var isOfSource = _datasets.TryGetValue(identity.Dataset, out var own)
            ? own.Source == identity.Source
            : _sources.Contains(identity.Source);
        return isOfSource && string.Equals(file, identity.File, StringComparison.Ordinal);
    }

    /// <summary>The names of datasets that only one of the two has, or that differ in definition or source.</summary>
    public IReadOnlyList<string> DifferencesTo(ServedDatasets other)
    {
        var differing = _datasets.Except(other._datasets).Concat(other._datasets.Except(_datasets));
        return [.. differing.Select(pair => pair.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The text form.</summary>
    public string ToText()
    {
        var sources = _sources.Order(StringComparer.Ordinal);
        var datasets = _datasets.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}{Separator}{pair.Value.Source}{Separator}{pair.Value.Definition}");
        return string.Concat(sources.Concat(datasets).Select(line => line + "\n"));
    }

    private sealed record Served(string Source, string Definition);
}
