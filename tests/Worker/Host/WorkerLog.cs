namespace ExportFunctions.TestHost;

/// <summary>A line that the worker logged to its host.</summary>
/// <param name="InvocationId">The invocation it belongs to; empty outside of any, and then the Functions host drops it.</param>
/// <param name="Category">The logger's category.</param>
/// <param name="Level">Trace to Critical.</param>
/// <param name="Message">The text.</param>
/// <param name="Exception">The exception's text; null when there is none.</param>
public sealed record WorkerLog(string InvocationId, string Category, string Level, string Message, string? Exception);
