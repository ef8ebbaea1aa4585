namespace ExportFunctions.Local.Hosting;

/// <summary>Why the host can't start or a command can't continue, in one sentence for its user.</summary>
/// <param name="message">What is wrong and how to fix it; printed as it is, without a stack trace.</param>
/// <param name="innerException">The cause.</param>
internal sealed class StartFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
