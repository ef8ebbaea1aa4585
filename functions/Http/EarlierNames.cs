using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ExportFunctions.Exports.Requests;

namespace ExportFunctions.Functions.Http;

/// <summary>Answers under the names that clients of the earlier system know, on the paths that are theirs.</summary>
internal sealed class EarlierNames
{
    private readonly IReadOnlyList<EarlierName> _names;

    /// <summary>Makes them.</summary>
    /// <param name="standard">How the answers are written under the standard names.</param>
    /// <param name="names">The names that differ.</param>
    public EarlierNames(JsonSerializerContext standard, IReadOnlyList<EarlierName> names)
    {
        _names = names;
        Options = new JsonSerializerOptions(standard.Options) { TypeInfoResolver = standard.WithAddedModifier(Rename) };
    }

    /// <summary>How answers are written on the earlier system's paths.</summary>
    public JsonSerializerOptions Options { get; }

    /// <summary>How an answer is written for callers who use one set of names or the other.</summary>
    /// <param name="names">The names.</param>
    /// <param name="type">How it is written under the standard names.</param>
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

/// <summary>A property that the earlier system called otherwise.</summary>
/// <param name="Answer">The type it is of.</param>
/// <param name="Standard">Its standard name.</param>
/// <param name="Earlier">Its earlier name; null when the earlier system knew nothing of it, and it is left out.</param>
internal sealed record EarlierName(Type Answer, string Standard, string? Earlier);
