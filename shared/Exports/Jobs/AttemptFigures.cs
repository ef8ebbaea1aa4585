namespace ExportFunctions.Exports.Jobs;

/// <summary>Figures of an attempt that only its worker knows.</summary>
/// <param name="Source">Time spent waiting for the source's rows.</param>
/// <param name="Writer">Time spent formatting rows and uploading the file.</param>
/// <param name="PeakMemoryBytes">The process's peak resident memory during the attempt, in bytes.</param>
public sealed record AttemptFigures(TimeSpan Source, TimeSpan Writer, long PeakMemoryBytes);
