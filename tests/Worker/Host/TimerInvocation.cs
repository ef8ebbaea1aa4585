using System.Text.Json;
using ExportFunctions.TestHost.Protocol;

namespace ExportFunctions.TestHost;

/// <summary>What the worker is told of a timer's tick.</summary>
internal static class TimerInvocation
{
    public static InvocationRequest Create(WorkerFunction function, DateTimeOffset now)
    {
        var timer = JsonSerializer.Serialize(new
        {
            Schedule = new { AdjustForDST = true },
            ScheduleStatus = new { Last = now.AddMinutes(-1), LastUpdated = now.AddMinutes(-1), Next = now.AddMinutes(1) },
            IsPastDue = false,
        });
        var invocation = new InvocationRequest
        {
            InvocationId = Guid.CreateVersion7().ToString(),
            FunctionId = function.Metadata.FunctionId,
            TraceContext = new RpcTraceContext(),
        };
        invocation.InputData.Add(new ParameterBinding { Name = function.BindingName, Data = new TypedData { Json = timer } });
        return invocation;
    }
}
