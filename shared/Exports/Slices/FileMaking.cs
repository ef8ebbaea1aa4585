using ExportFunctions.Exports.Files;

namespace ExportFunctions.Exports.Slices;

/// <summary>How the making of a file ended.</summary>
internal abstract record FileMaking
{
    /// <summary>The file is complete but not published. The receiver disposes the upload.</summary>
    public sealed record Completed(IExportUpload Upload, PublishedFile File) : FileMaking;

    /// <summary>The attempt's time is up; what is written stays, and another attempt continues. Not a failure.</summary>
    public sealed record HandedOver : FileMaking;
}
