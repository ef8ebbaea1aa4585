namespace ExportFunctions.Local.CommandLine;

/// <summary>What was asked for could not be done, in words for the person who asked for it.</summary>
/// <param name="message">What went wrong and what to do; may have several lines.</param>
/// <param name="innerException">The cause.</param>
internal sealed class CommandFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
