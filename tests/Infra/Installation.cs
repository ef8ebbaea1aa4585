using System.Text.Json;

namespace ExportFunctions.Tests.Infra;

/// <summary>The resources that a deployment would make.</summary>
/// <param name="Resources">All of them.</param>
internal sealed record Installation(IReadOnlyList<JsonElement> Resources)
{
    public static Installation Read(byte[] snapshot) =>
        new([.. JsonElement.Parse(snapshot).GetProperty("predictedResources").EnumerateArray()]);

    /// <summary>The app's settings. What is known on deployment only is an expression in brackets.</summary>
    public Dictionary<string, string> Settings =>
        Only("Microsoft.Web/sites/config").GetProperty("properties").EnumerateObject()
            .ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!, StringComparer.Ordinal);

    /// <summary>The storage lifecycle's rules that are in force.</summary>
    public IReadOnlyList<LifecycleRule> Rules =>
    [
        .. Only("Microsoft.Storage/storageAccounts/managementPolicies").GetProperty(
            "properties").GetProperty("policy").GetProperty("rules").EnumerateArray()
            .Where(rule => rule.GetProperty("enabled").GetBoolean())
            .SelectMany(rule => LifecycleRule.Of(rule.GetProperty("definition"))),
    ];

    public IEnumerable<JsonElement> All(string type) => Resources.Where(resource => resource.GetProperty("type").GetString() == type);

    public JsonElement Only(string type) => Assert.Single(All(type));

    /// <summary>The last parts of the names of a type's resources.</summary>
    public IReadOnlyList<string> Names(string type) =>
        [.. All(type).Select(resource => resource.GetProperty("name").GetString()!.Split('/')[^1])];
}

/// <summary>One action of the storage lifecycle.</summary>
/// <param name="Prefix">Which blobs.</param>
/// <param name="Action">What is done with them.</param>
/// <param name="Days">After how many days.</param>
internal sealed record LifecycleRule(string Prefix, string Action, int Days)
{
    public static IEnumerable<LifecycleRule> Of(JsonElement definition) =>
        from action in definition.GetProperty("actions").GetProperty("baseBlob").EnumerateObject()
        from prefix in definition.GetProperty("filters").GetProperty("prefixMatch").EnumerateArray()
        select new LifecycleRule(prefix.GetString()!, action.Name, action.Value.GetProperty("daysAfterModificationGreaterThan").GetInt32());
}
