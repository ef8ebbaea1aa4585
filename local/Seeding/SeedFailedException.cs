namespace ExportFunctions.Local.Seeding;

/// <summary>The school could not be generated; the message is one sentence for the user, including how to fix it.</summary>
internal sealed class SeedFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
