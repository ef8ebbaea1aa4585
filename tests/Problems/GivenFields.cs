using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Problems;

/// <summary>Opens objects for readers of their fields.</summary>
internal static class GivenFields
{
    /// <summary>The fields of an object that may have these and no others; null when it is no object.</summary>
    public static JsonFields? Open(string json, FieldErrors errors, params IReadOnlyList<string> names) =>
        JsonFields.Open(JsonElement.Parse(json), new JsonShape(names, "{}"), errors);
}
