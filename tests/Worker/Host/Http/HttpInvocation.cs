using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExportFunctions.TestHost.Protocol;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.TestHost.Http;

/// <summary>
/// What the worker is told of a call over gRPC. The request goes another way; but its query, its route and the members of a JSON body come
/// along as data to bind parameters from, as on Azure.
/// </summary>
internal static class HttpInvocation
{
    public static async Task<InvocationRequest> CreateAsync(WorkerFunction function, HttpContext context)
    {
        var invocation = new InvocationRequest
        {
            InvocationId = Guid.CreateVersion7().ToString(),
            FunctionId = function.Metadata.FunctionId,
            TraceContext =
                new RpcTraceContext { TraceParent = Activity.Current?.Id ?? "", TraceState = Activity.Current?.TraceStateString ?? "" },
        };
        invocation.InputData.Add(new ParameterBinding { Name = function.BindingName, Data = new TypedData { Http = new RpcHttp() } });

        var request = context.Request;
        foreach (var (name, value) in await BodyAsync(request))
            invocation.TriggerMetadata[name] = value is JsonValue text && text.TryGetValue<string>(out var content)
                ? new TypedData { String = content }
                : Json(value?.ToJsonString() ?? "null");

        foreach (var (name, values) in request.Query.Where(pair => !string.Equals(pair.Key, "code", StringComparison.OrdinalIgnoreCase)))
            invocation.TriggerMetadata[name] = new TypedData { String = values.ToString() };

        foreach (var (name, value) in request.RouteValues)
        {
            if (value is string text)
                invocation.TriggerMetadata[name] = new TypedData { String = text };
        }

        invocation.TriggerMetadata["Query"] = Json(
            JsonSerializer.Serialize(request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal)));
        invocation.TriggerMetadata["Headers"] = Json(JsonSerializer.Serialize(
            request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal)));
        return invocation;
    }

    private static async Task<IEnumerable<KeyValuePair<string, JsonNode?>>> BodyAsync(HttpRequest request)
    {
        if (request.ContentLength is null or 0)
            return [];

        request.EnableBuffering();
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) is JsonObject body
                ? [.. body]
                : [];
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // Not JSON, or a name in it twice: then there is nothing to bind.
            return [];
        }
        finally
        {
            request.Body.Position = 0;
        }
    }

    private static TypedData Json(string json) => new() { Json = json };
}
