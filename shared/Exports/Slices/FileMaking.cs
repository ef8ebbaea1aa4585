using ExportFunctions.Exports.Files;

namespace ExportFunctions.Exports.Slices;

/// <summary>How the making of a file ended.</summary>
internal abstract record FileMaking
{
    /// <summary>The file is complete and not published. Whoever gets it disposes the upload.</summary>
    public sealed record Completed(IExportUpload Upload, PublishedFile File) : FileMaking;

    /// <summary>The attempt's time is over; what is written stays, and another attempt goes on. No fault.</summary>
    public sealed record HandedOver : FileMaking;
}
