using System.Text.Json.Nodes;
using ExportFunctions.TestHost.Protocol;

namespace ExportFunctions.TestHost;

/// <summary>A function as the worker's metadata describes it.</summary>
public sealed class WorkerFunction
{
    internal WorkerFunction(RpcFunctionMetadata metadata)
    {
        Metadata = metadata;
        Trigger = metadata.RawBindings.Select(binding => JsonNode.Parse(binding)!.AsObject())
            .Single(binding => Text(binding, "type")!.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Its name.</summary>
    public string Name => Metadata.Name;

    /// <summary>What calls it: <c>httpTrigger</c>, <c>queueTrigger</c> or <c>timerTrigger</c>.</summary>
    public string Kind => Text(Trigger, "type")!;

    /// <summary>The trigger's binding, as function.json would have it.</summary>
    public JsonObject Trigger { get; }

    /// <summary>The route of an HTTP function, without a leading slash.</summary>
    public string Route => Text(Trigger, "route") ?? Name;

    /// <summary>The methods of an HTTP function, in upper case; none when it takes them all.</summary>
    public IReadOnlyList<string> Methods =>
        Trigger["methods"]?.AsArray().Select(method => method!.GetValue<string>().ToUpperInvariant()).ToArray() ?? [];

    /// <summary>Whether an HTTP function is to be called without a key.</summary>
    public bool IsAnonymous => string.Equals(Text(Trigger, "authLevel"), "anonymous", StringComparison.OrdinalIgnoreCase);

    /// <summary>The queue of a queue function.</summary>
    public string Queue => Text(Trigger, "queueName")!;

    /// <summary>Whether the trigger's value is wanted as the storage client's own type.</summary>
    internal bool IsDeferred =>
        string.Equals(Trigger["properties"]?["supportsDeferredBinding"]?.ToString(), "true", StringComparison.OrdinalIgnoreCase);

    internal RpcFunctionMetadata Metadata { get; }

    internal string BindingName => Text(Trigger, "name")!;

    internal bool Is(string kind) => string.Equals(Kind, kind, StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonObject binding, string name) => binding[name]?.GetValue<string>();
}
