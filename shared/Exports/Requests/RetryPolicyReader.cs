using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Requests;

/// <summary>Reads the <c>retry</c> of a request: <c>{"count": 3, "delay": "00:00:10"}</c>.</summary>
/// <param name="defaults">The defaults for omitted parts.</param>
internal sealed class RetryPolicyReader(RetryPolicy defaults)
{
    private static readonly JsonShape Shape = new(["count", "delay"], "{\"count\": 3, \"delay\": \"00:00:10\"}");

    /// <summary>Reads the policy; the defaults when there is none or any part is invalid.</summary>
    /// <param name="fields">The request.</param>
    public RetryPolicy Read(JsonFields fields) => fields.Object("retry", Shape) is { } retry
        ? new RetryPolicy(
            retry.WholeNumber("count", 0, RetryPolicy.MaxRetries, "3; 0 never tries again") ?? defaults.Count,
            retry.Duration("delay", RetryPolicy.MinDelay, RetryPolicy.MaxDelay, TimeSpan.FromSeconds(10)) ?? defaults.Delay)
        : defaults;

    /// <summary>The policy of a stored request, which has already been validated.</summary>
    /// <param name="request">The request.</param>
    public RetryPolicy Of(StoredRequest request) => Read(request.Fields);
}
