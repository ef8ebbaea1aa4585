using System.Text.Json;

namespace ExportFunctions.Problems;

/// <summary>What an enumeration's values are called in JSON.</summary>
public static class EnumNames
{
    /// <summary>The names in camelCase, in the order of the values.</summary>
    public static IReadOnlyList<string> Of<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => JsonNamingPolicy.CamelCase.ConvertName(name))];
}
