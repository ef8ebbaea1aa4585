using ExportFunctions.Formats.Slices;

namespace ExportFunctions.Formats.Pdf.Direct.Slices;

/// <summary>Object numbers reserved for the sliced file itself, below those that slices use (<see cref="ISliceNumbers.First"/>).</summary>
internal static class FileNumbers
{
    /// <summary>The root of the page tree, which the end writes and slices name as their parent.</summary>
    public const int Pages = 1;

    /// <summary>The form of the page total, which the end writes and pages draw.</summary>
    public const int Total = 2;

    /// <summary>The form of what stands above the table on the first page, which the end writes with fonts of its own.</summary>
    public const int Head = 3;

    /// <summary>The first number for the other objects of the end.</summary>
    public const int End = 4;
}
