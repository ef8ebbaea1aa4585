namespace ExportFunctions.Exports.Slices;

/// <summary>An attempt's time is over with the export unfinished: somebody else goes on. No fault.</summary>
internal sealed class HandOverException() : Exception("The time of this attempt is over; what is left is handed over.");
