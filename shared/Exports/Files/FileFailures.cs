using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Files;

/// <summary>What may go wrong with a file on its way to storage.</summary>
internal static class FileFailures
{
    /// <summary>Blocks were staged too long ago, or were cleaned up.</summary>
    public static readonly ExportFailure BlocksLost = new(
        "blocks_lost",
        "Parts of the file are gone: storage keeps what is not published for a week. The file is written anew.",
        FailureKind.Transient);
}
