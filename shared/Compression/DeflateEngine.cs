namespace ExportFunctions.Compression;

/// <summary>The engine that compresses rows.</summary>
public enum DeflateEngine
{
    /// <summary>The encoder in <c>Compression/Fields</c>, which uses the positions of values.</summary>
    Fields,

    /// <summary>zlib as shipped with .NET: slower, but none of our own code.</summary>
    Zlib,
}
