namespace ExportFunctions.Exports.Jobs;

/// <summary>What only the worker of an attempt knows of it.</summary>
/// <param name="Source">Time spent waiting for the source's rows.</param>
/// <param name="Writer">Time spent formatting rows and uploading the file.</param>
/// <param name="PeakMemoryBytes">The most memory the process had resident meanwhile, in bytes.</param>
public sealed record AttemptFigures(TimeSpan Source, TimeSpan Writer, long PeakMemoryBytes);
