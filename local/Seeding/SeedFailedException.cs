namespace ExportFunctions.Local.Seeding;

/// <summary>The school could not be made; the message is one sentence for people, with the way out.</summary>
internal sealed class SeedFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
