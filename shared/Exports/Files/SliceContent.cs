using System.Text.Json.Serialization;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Files;

/// <summary>What a slice contains: the blocks <c>0</c> to <c>Blocks - 1</c> of a claim.</summary>
/// <param name="Generation">The generation of its partitioning.</param>
/// <param name="Number">The slice's number.</param>
/// <param name="Claim">The claim that wrote it.</param>
/// <param name="Blocks">The number of its blocks.</param>
/// <param name="Rows">The number of records.</param>
/// <param name="Bytes">The number of bytes.</param>
/// <param name="Sha256">Their SHA-256, lower-case hexadecimal.</param>
/// <param name="Warnings">The writer's warnings.</param>
internal sealed record SliceContent(
    int Generation, int Number, int Claim, int Blocks, long Rows, long Bytes, string Sha256, IReadOnlyCollection<ExportWarning> Warnings)
{
    /// <summary>The group of blocks that holds it.</summary>
    [JsonIgnore]
    public BlockGroup Group => new(Generation, Number, Claim);
}
