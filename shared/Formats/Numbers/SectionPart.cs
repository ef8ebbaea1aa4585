using System.Text;
using ExportFunctions.Datasets.NumberFormats;

namespace ExportFunctions.Formats.Numbers;

/// <summary>A part of a section, its text encoded once.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Text">The bytes it shows, or those that stand in the format.</param>
/// <param name="Count">How many letters or digits it has.</param>
internal readonly record struct SectionPart(FormatPartKind Kind, byte[] Text, int Count)
{
    /// <summary>The sign of a digit placeholder: 0, # or ?.</summary>
    public byte Sign => Text[0];

    /// <summary>Encodes a part.</summary>
    public static SectionPart Of(FormatPart part) => new(part.Kind, Encoding.UTF8.GetBytes(part.Text), part.Count);
}
