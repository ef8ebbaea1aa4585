using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Identity;

namespace ExportFunctions.Exports.Hosts;

/// <summary>What a host serves: its sources, and name, source and definition of each dataset. As text: a line for each, in order.</summary>
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

    /// <summary>Those of a catalog.</summary>
    public static ServedDatasets Of(DatasetCatalog catalog) => new(
        [.. catalog.SourceHashes],
        catalog.Identities.ToDictionary(identity => identity.Dataset, identity => new Served(identity.Source, identity.Definition), StringComparer.Ordinal));

    /// <summary>Those of a text; lines that are none are left out.</summary>
    public static ServedDatasets Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(Separator)).ToList();
        return new ServedDatasets(
            [.. lines.Where(parts => parts.Length == 1).Select(parts => parts[0])],
            lines.Where(parts => parts.Length == 3).DistinctBy(parts => parts[0], StringComparer.Ordinal)
                .ToDictionary(parts => parts[0], parts => new Served(parts[1], parts[2]), StringComparer.Ordinal));
    }

    /// <summary>The hash of them all: the same whatever their order in the file.</summary>
    public string Hash => IdentityHash.Of(ToText());

    /// <summary>Whether a dataset is among them, on the same source and by the same definition.</summary>
    public bool Contains(DatasetIdentity identity) => _datasets.GetValueOrDefault(identity.Dataset) == new Served(identity.Source, identity.Definition);

    /// <summary>Whether the host may read what was checked against a dataset, as <see cref="JobPlacement"/> has it.</summary>
    public bool MayRead(DatasetIdentity identity) => _datasets.TryGetValue(identity.Dataset, out var own) ? own.Source == identity.Source : _sources.Contains(identity.Source);

    /// <summary>The names of the datasets that only one of both has, or that they define otherwise or read from another source.</summary>
    public IReadOnlyList<string> DifferencesTo(ServedDatasets other) =>
        [.. _datasets.Except(other._datasets).Concat(other._datasets.Except(_datasets)).Select(pair => pair.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The text.</summary>
    public string ToText() => string.Concat(
    [
        .. _sources.Order(StringComparer.Ordinal).Select(source => $"{source}\n"),
        .. _datasets.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}{Separator}{pair.Value.Source}{Separator}{pair.Value.Definition}\n"),
    ]);

    private sealed record Served(string Source, string Definition);
}
