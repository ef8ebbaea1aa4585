namespace ExportFunctions.Compression;

/// <summary>The framing around a block's deflated bytes.</summary>
internal enum DeflateFraming
{
    /// <summary>
    /// None: the block ends with a sync flush, on a byte boundary and without a final block, so that blocks can be concatenated into one
    /// deflate stream (RFC 1951).
    /// </summary>
    Raw,

    /// <summary>A complete gzip member; concatenated members are one gzip file (RFC 1952).</summary>
    GzipMember,

    /// <summary>A complete zlib stream, as PDF's FlateDecode reads it (RFC 1950).</summary>
    Zlib,
}
