using Azure;
using ExportFunctions.Compression;

namespace ExportFunctions.Maintenance.Archives;

/// <summary>
/// One ZIP file of a day as it is now. Its directory stands in blocks of its own, so that more files are put in front of a new directory
/// without writing the old ones again.
/// </summary>
/// <param name="Blob">The blob's name.</param>
/// <param name="ETag">Its version; null while there is no such blob.</param>
/// <param name="Access">Whether it can be read.</param>
/// <param name="Directory">What it holds; empty while it doesn't exist or can't be read.</param>
/// <param name="Blocks">The committed blocks of the content, in order, without those of the directory.</param>
internal sealed record ArchivePart(string Blob, ETag? ETag, ArchiveAccess Access, ZipDirectory Directory, IReadOnlyList<string> Blocks)
{
    public static ArchivePart New(string blob) => new(blob, ETag: null, ArchiveAccess.Extendable, new ZipDirectory(0, []), []);
}

/// <summary>What can be done with an archive.</summary>
internal enum ArchiveAccess
{
    /// <summary>It can be read and go on.</summary>
    Extendable,

    /// <summary>It can be read, and not go on: it isn't made of blocks that end where its directory begins.</summary>
    ReadOnly,

    /// <summary>It is in the archive tier.</summary>
    Offline,
}
