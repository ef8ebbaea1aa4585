using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ExportFunctions.Functions.Http;

namespace ExportFunctions.Tests.OpenApi;

/// <summary>How the API writes its answers, of every folder together.</summary>
internal static class ApiTypes
{
    private static readonly IReadOnlyList<Type> Types = typeof(EarlierNames).Assembly.GetTypes();

    /// <summary>Under the standard names.</summary>
    public static JsonSerializerOptions Standard { get; } =
        Options(Types.Where(type => type.IsSubclassOf(typeof(JsonSerializerContext))).Select(Default));

    /// <summary>Under the names of the earlier system.</summary>
    public static JsonSerializerOptions Earlier { get; } = Options(
        Types.SelectMany(type => type.GetProperties()).Where(property => property.PropertyType == typeof(EarlierNames))
            .Select(property => ((EarlierNames)property.GetValue(null)!).Options.TypeInfoResolver!));

    private static JsonSerializerOptions Options(IEnumerable<IJsonTypeInfoResolver> resolvers) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = JsonTypeInfoResolver.Combine([.. resolvers]),
    };

    private static IJsonTypeInfoResolver Default(Type context) =>
        (IJsonTypeInfoResolver)context.GetProperty(nameof(Default))!.GetValue(null)!;
}
