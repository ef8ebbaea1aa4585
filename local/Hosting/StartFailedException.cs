namespace ExportFunctions.Local.Hosting;

/// <summary>Why the host can't start or a command can't go on, as one sentence for the person at the keyboard.</summary>
/// <param name="message">What is wrong and what to do; printed as it is, without a stack trace.</param>
/// <param name="innerException">The cause.</param>
internal sealed class StartFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
