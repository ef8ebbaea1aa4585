using System.Globalization;

namespace ExportFunctions.Exports.Files;

/// <summary>
/// Blocks staged together for one file: those of one claim of a slice, or those that follow the last slice. A slice that is written again
/// overwrites its own earlier blocks, except those of the claim just before: if that worker is alive after all, it does no damage. Nor do
/// workers of the previous twelve generations.
/// </summary>
/// <param name="Generation">The generation of the partitioning the slice belongs to.</param>
/// <param name="Number">The slice's number, at most <see cref="MaxNumber"/>.</param>
/// <param name="Claim">The claim that stages them.</param>
internal readonly record struct BlockGroup(int Generation, int Number, int Claim)
{
    /// <summary>The largest number of a slice.</summary>
    public const int MaxNumber = EndNumber - 1;

    private const int EndNumber = 99_999;
    private const int Letters = 26;

    /// <summary>The group that follows the last slice.</summary>
    /// <param name="generation">The generation of the slices.</param>
    /// <param name="attempt">The export's attempt that writes it.</param>
    public static BlockGroup EndOf(int generation, int attempt) => new(generation, EndNumber, attempt);

    /// <summary>
    /// The prefix of its block ids; as long as that of an attempt, since all block ids of a blob must have the same length.
    /// </summary>
    public string IdPrefix =>
        string.Create(CultureInfo.InvariantCulture, $"s{Number:D5}{(char)('a' + (((Generation * 2) + (Claim % 2)) % Letters))}-");
}
