using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ExportFunctions.Exports.Requests;

namespace ExportFunctions.Functions.Http;

/// <summary>Writes responses under the names known to clients of the earlier system, on that system's paths.</summary>
internal sealed class EarlierNames
{
    private readonly IReadOnlyList<EarlierName> _names;

    /// <summary>Creates the JSON options for both sets of names.</summary>
    /// <param name="standard">How responses are serialized under the standard names.</param>
    /// <param name="names">The names that differ.</param>
    public EarlierNames(JsonSerializerContext standard, IReadOnlyList<EarlierName> names)
    {
        _names = names;
        Options = new JsonSerializerOptions(standard.Options) { TypeInfoResolver = standard.WithAddedModifier(Rename) };
    }

    /// <summary>How responses are serialized on the earlier system's paths.</summary>
    public JsonSerializerOptions Options { get; }

    /// <summary>How a response is serialized for callers of either set of names.</summary>
    /// <param name="names">The names.</param>
    /// <param name="type">How it is serialized under the standard names.</param>
    public JsonTypeInfo<T> For<T>(RequestNames names, JsonTypeInfo<T> type) =>
        ReferenceEquals(names, RequestNames.ImportExport) ? (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T)) : type;

    private void Rename(JsonTypeInfo type)
    {
        foreach (var name in _names.Where(name => name.Answer == type.Type))
        {
            var property = type.Properties.Single(property => property.Name == name.Standard);
            if (name.Earlier is null)
                property.ShouldSerialize = static (_, _) => false;
            else
                property.Name = name.Earlier;
        }
    }
}

/// <summary>A property that had another name in the earlier system.</summary>
/// <param name="Answer">The type it belongs to.</param>
/// <param name="Standard">Its standard name.</param>
/// <param name="Earlier">Its earlier name; null when the earlier system did not have it, in which case it is omitted.</param>
internal sealed record EarlierName(Type Answer, string Standard, string? Earlier);
