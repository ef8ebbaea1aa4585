using System.Collections.Frozen;

namespace ExportFunctions.Formats;

/// <summary>The formats this app writes, by name.</summary>
public sealed class FormatCatalog
{
    private readonly FrozenDictionary<string, IFileFormat> _formats;

    /// <summary>Makes a catalog.</summary>
    /// <param name="formats">The formats; of two with one name the later counts, so that an engine can be replaced.</param>
    public FormatCatalog(IEnumerable<IFileFormat> formats)
    {
        var byName = new Dictionary<string, IFileFormat>(StringComparer.Ordinal);
        foreach (var format in formats)
            byName[format.Name] = format;

        _formats = byName.ToFrozenDictionary(StringComparer.Ordinal);
        Names = [.. byName.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The formats' names, sorted.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Finds a format by its name (ordinal, case-sensitive); null when there is none.</summary>
    /// <param name="name">The name, such as <c>excel</c>.</param>
    public IFileFormat? Find(string name) => _formats.GetValueOrDefault(name);
}
