namespace ExportFunctions.Local.CommandLine;

/// <summary>A command could not be completed; the message explains why to its user.</summary>
/// <param name="message">What went wrong and how to fix it; may have several lines.</param>
/// <param name="innerException">The cause.</param>
internal sealed class CommandFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
