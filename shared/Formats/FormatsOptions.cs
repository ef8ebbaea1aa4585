using System.ComponentModel.DataAnnotations;
using ExportFunctions.Compression;

namespace ExportFunctions.Formats;

/// <summary>Section <c>Formats</c>: what all writers share.</summary>
public sealed class FormatsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Formats";

    /// <summary>The threads that compress one file, 1 to 16; 0, the default, takes one for each processor, at most 4.</summary>
    [Range(0, 16)]
    public int CompressionThreads { get; set; }

    /// <summary>Who compresses Excel sheets, CSV and JSON Lines: <c>fields</c>, the default, or <c>zlib</c>.</summary>
    [EnumDataType(typeof(DeflateEngine))]
    public DeflateEngine DeflateEngine { get; set; }

    /// <summary>How one file is compressed on this machine.</summary>
    public DeflateSettings Compression => new(EffectiveCompressionThreads, DeflateEngine);

    /// <summary>The threads to use on this machine.</summary>
    public int EffectiveCompressionThreads => CompressionThreads > 0 ? CompressionThreads : Math.Min(Environment.ProcessorCount, 4);
}
