using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ExportFunctions.TestHost.Protocol;
using Google.Protobuf;

namespace ExportFunctions.TestHost.Queues;

/// <summary>What the worker is told of a message.</summary>
internal static class QueueInvocation
{
    /// <summary>The message's text; null when it isn't encoded as host.json says.</summary>
    public static string? Decode(QueueMessage message, QueueMessageEncoding encoding)
    {
        var text = message.Body.ToString();
        if (encoding == QueueMessageEncoding.None)
            return text;

        return Base64.IsValid(text) ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : null;
    }

    public static InvocationRequest Create(WorkerFunction function, QueueMessage message, string text)
    {
        var invocation = new InvocationRequest
        {
            InvocationId = Guid.CreateVersion7().ToString(),
            FunctionId = function.Metadata.FunctionId,
            TraceContext = new RpcTraceContext(),
        };
        var data = function.IsDeferred ? new TypedData { ModelBindingData = Model(message, text) } : new TypedData { String = text };
        invocation.InputData.Add(new ParameterBinding { Name = function.BindingName, Data = data });
        invocation.TriggerMetadata["QueueTrigger"] = new TypedData { String = text };
        invocation.TriggerMetadata["Id"] = new TypedData { String = message.MessageId };
        invocation.TriggerMetadata["PopReceipt"] = new TypedData { String = message.PopReceipt };
        invocation.TriggerMetadata["DequeueCount"] = new TypedData { Json = message.DequeueCount.ToString(CultureInfo.InvariantCulture) };
        invocation.TriggerMetadata["InsertionTime"] = Time(message.InsertedOn);
        invocation.TriggerMetadata["ExpirationTime"] = Time(message.ExpiresOn);
        invocation.TriggerMetadata["NextVisibleTime"] = Time(message.NextVisibleOn);
        return invocation;
    }

    private static ModelBindingData Model(QueueMessage message, string text) => new()
    {
        Version = "1.0",
        Source = "AzureStorageQueues",
        ContentType = "application/json",
        Content = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(new
        {
            message.MessageId,
            message.PopReceipt,
            MessageText = text,
            message.DequeueCount,
            message.NextVisibleOn,
            message.InsertedOn,
            message.ExpiresOn,
        })),
    };

    private static TypedData Time(DateTimeOffset? time) => new() { Json = JsonSerializer.Serialize(time) };
}
