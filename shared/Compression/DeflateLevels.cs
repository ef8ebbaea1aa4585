using System.IO.Compression;

namespace ExportFunctions.Compression;

/// <summary>Opens compressing streams at zlib's own levels; <see cref="CompressionLevel"/> has too few.</summary>
internal static class DeflateLevels
{
    /// <summary>A stream that compresses into another one, and leaves that one open.</summary>
    /// <param name="sink">Receives the compressed bytes.</param>
    /// <param name="framing">The framing around them.</param>
    /// <param name="level">1 (fastest) to 9 (smallest).</param>
    public static Stream Open(Stream sink, DeflateFraming framing, int level)
    {
        var options = new ZLibCompressionOptions { CompressionLevel = level };
        return framing switch
        {
            DeflateFraming.Raw => new DeflateStream(sink, options, leaveOpen: true),
            DeflateFraming.GzipMember => new GZipStream(sink, options, leaveOpen: true),
            _ => new ZLibStream(sink, options, leaveOpen: true),
        };
    }
}
