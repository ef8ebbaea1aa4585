namespace ExportFunctions.Compression;

/// <summary>Who compresses rows.</summary>
public enum DeflateEngine
{
    /// <summary>The encoder of <c>Compression/Fields</c>, which is told where values stand.</summary>
    Fields,

    /// <summary>zlib, as .NET brings it: slower, and nothing of ours.</summary>
    Zlib,
}
