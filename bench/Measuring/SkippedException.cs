namespace ExportFunctions.Bench.Measuring;

/// <summary>A contender can't take part here; the message says why and what would help.</summary>
internal sealed class SkippedException(string message) : Exception(message);
