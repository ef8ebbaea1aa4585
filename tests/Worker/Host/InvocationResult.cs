namespace ExportFunctions.TestHost;

/// <summary>How an invocation ended.</summary>
/// <param name="Outcome">Whether it succeeded.</param>
/// <param name="Exception">What the worker said of it; null when it succeeded.</param>
public sealed record InvocationResult(InvocationOutcome Outcome, string? Exception);

/// <summary>Whether an invocation succeeded.</summary>
public enum InvocationOutcome
{
    /// <summary>It threw.</summary>
    Failed,

    /// <summary>It ran to its end.</summary>
    Succeeded,

    /// <summary>It was canceled.</summary>
    Canceled,

    /// <summary>The worker's process ended before it.</summary>
    WorkerGone,
}
