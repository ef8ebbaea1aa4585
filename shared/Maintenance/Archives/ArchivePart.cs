using Azure;
using ExportFunctions.Compression;

namespace ExportFunctions.Maintenance.Archives;

/// <summary>
/// One ZIP file of a day in its current state. Its directory is in blocks of its own, so that more files can be added before a new
/// directory without rewriting the old ones.
/// </summary>
/// <param name="Blob">The blob's name.</param>
/// <param name="ETag">Its version; null when the blob does not exist.</param>
/// <param name="Access">Whether it can be read.</param>
/// <param name="Directory">Its entries; empty when it doesn't exist or can't be read.</param>
/// <param name="Blocks">The committed blocks of the content, in order, without those of the directory.</param>
internal sealed record ArchivePart(string Blob, ETag? ETag, ArchiveAccess Access, ZipDirectory Directory, IReadOnlyList<string> Blocks)
{
    public static ArchivePart New(string blob) => new(blob, ETag: null, ArchiveAccess.Extendable, new ZipDirectory(0, []), []);
}

/// <summary>How an archive can be accessed.</summary>
internal enum ArchiveAccess
{
    /// <summary>It can be read and extended.</summary>
    Extendable,

    /// <summary>It can be read but not extended: its blocks do not end where its directory begins.</summary>
    ReadOnly,

    /// <summary>It is in the archive tier.</summary>
    Offline,
}
