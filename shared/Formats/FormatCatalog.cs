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

        Names = [.. byName.Keys.Order(StringComparer.Ordinal)];
        var endings = byName.Values.Select(
            format => KeyValuePair.Create(format.FileExtension.TrimStart('.'), format)).Where(ending => !byName.ContainsKey(ending.Key));
        _formats = byName.Concat(endings).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The formats' names, sorted.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Finds a format by its name or file extension, case-insensitive; null when there is none. Records and responses use the
    /// <see cref="IFileFormat.Name"/> of the result.
    /// </summary>
    /// <param name="name">The name, such as <c>excel</c>, <c>xlsx</c> or <c>CSV</c>.</param>
    public IFileFormat? Find(string name) => _formats.GetValueOrDefault(name);
}
