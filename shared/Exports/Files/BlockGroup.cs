using System.Globalization;

namespace ExportFunctions.Exports.Files;

/// <summary>
/// Blocks that are staged together for one file: those of a slice's claim, or those of what stands behind the last slice. A slice that is
/// written again overwrites its own blocks, except those of the claim just before: should its worker be alive after all, it spoils nothing.
/// Nor do workers of the twelve generations before.
/// </summary>
/// <param name="Generation">Which partitioning of its export the slice is of.</param>
/// <param name="Number">The slice's number, at most <see cref="MaxNumber"/>.</param>
/// <param name="Claim">The claim that stages them.</param>
internal readonly record struct BlockGroup(int Generation, int Number, int Claim)
{
    /// <summary>The largest number of a slice.</summary>
    public const int MaxNumber = EndNumber - 1;

    private const int EndNumber = 99_999;
    private const int Letters = 26;

    /// <summary>The group of what stands behind the last slice.</summary>
    /// <param name="generation">The generation of the slices.</param>
    /// <param name="attempt">The export's attempt that writes it.</param>
    public static BlockGroup EndOf(int generation, int attempt) => new(generation, EndNumber, attempt);

    /// <summary>What the ids of its blocks begin with; of the same length as that of an attempt, as all ids of a blob must be.</summary>
    public string IdPrefix =>
        string.Create(CultureInfo.InvariantCulture, $"s{Number:D5}{(char)('a' + (((Generation * 2) + (Claim % 2)) % Letters))}-");
}
