using System.ComponentModel.DataAnnotations;

namespace ExportFunctions.Storage;

/// <summary>
/// Section <c>Storage</c>: how files are uploaded. The account itself comes from <c>AzureWebJobsStorage</c>, as the Functions host's
/// does.
/// </summary>
public sealed class StorageOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Storage";

    /// <summary>Bytes of a staged block, 64 KB to 256 MB; 4 MB by default. A file holds at most 50,000 blocks.</summary>
    [Range(64 * 1024, 256 * 1024 * 1024)]
    public int BlockBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Blocks of one file in flight, 1 to 16; 3 by default. Memory per file: one more than this, times <see cref="BlockBytes"/>.
    /// </summary>
    [Range(1, 16)]
    public int BlocksInFlight { get; set; } = 3;
}
