using System.IO.Compression;

namespace ExportFunctions.Tests.Integration;

/// <summary>Reads files that may be compressed.</summary>
internal static class GzipReading
{
    /// <summary>What a file holds: inflated where it begins as gzip does (RFC 1952, 2.3.1), itself where it doesn't.</summary>
    public static byte[] Plain(byte[] file)
    {
        if (file is not [0x1F, 0x8B, ..])
            return file;

        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress))
            gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
