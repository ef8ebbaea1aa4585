using System.ComponentModel.DataAnnotations;

namespace ExportFunctions.Formats;

/// <summary>Section <c>Formats</c>: what all writers share.</summary>
public sealed class FormatsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Formats";

    /// <summary>The threads that compress one file, 1 to 16; 0, the default, takes one for each processor, at most 4.</summary>
    [Range(0, 16)]
    public int CompressionThreads { get; set; }

    /// <summary>The threads to use on this machine.</summary>
    public int EffectiveCompressionThreads => CompressionThreads > 0 ? CompressionThreads : Math.Min(Environment.ProcessorCount, 4);
}
