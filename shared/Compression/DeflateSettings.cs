namespace ExportFunctions.Compression;

/// <summary>How one file is compressed.</summary>
/// <param name="Threads">The most threads that compress at once, 1 to 16.</param>
/// <param name="Engine">The engine that compresses rows.</param>
public sealed record DeflateSettings(int Threads, DeflateEngine Engine = DeflateEngine.Fields);
