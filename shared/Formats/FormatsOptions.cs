using System.ComponentModel.DataAnnotations;
using ExportFunctions.Compression;

namespace ExportFunctions.Formats;

/// <summary>Section <c>Formats</c>: what all writers share.</summary>
public sealed class FormatsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Formats";

    /// <summary>The threads that compress one file, 1 to 16; 0, the default, uses one per processor, at most 4.</summary>
    [Range(0, 16)]
    public int CompressionThreads { get; set; }

    /// <summary>The engine that compresses Excel sheets, CSV and JSON Lines: <c>fields</c>, the default, or <c>zlib</c>.</summary>
    [EnumDataType(typeof(DeflateEngine))]
    public DeflateEngine DeflateEngine { get; set; }

    /// <summary>The compression settings for one file on this machine.</summary>
    public DeflateSettings Compression => new(EffectiveCompressionThreads, DeflateEngine);

    /// <summary>The threads to use on this machine.</summary>
    public int EffectiveCompressionThreads => CompressionThreads > 0 ? CompressionThreads : Math.Min(Environment.ProcessorCount, 4);
}
