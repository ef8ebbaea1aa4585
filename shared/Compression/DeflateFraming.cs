namespace ExportFunctions.Compression;

/// <summary>What stands around the deflated bytes of a block.</summary>
internal enum DeflateFraming
{
    /// <summary>Nothing: the block ends with a sync flush, on a byte boundary and without a last block, so that blocks join into one
    /// deflate stream (RFC 1951).</summary>
    Raw,

    /// <summary>A whole gzip member; members joined are one gzip file (RFC 1952).</summary>
    GzipMember,

    /// <summary>A whole zlib stream, as PDF's FlateDecode reads it (RFC 1950).</summary>
    Zlib,
}
