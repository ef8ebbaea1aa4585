using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Slices;

namespace ExportFunctions.Tests.Exports.Files;

public sealed class BlockGroupTests
{
    [Fact]
    public void IdPrefix_HasTheLengthOfAnAttempts_WhateverTheGroup()
    {
        BlockGroup[] groups =
        [
            new(0, 0, 1), new(int.MaxValue / 2, BlockGroup.MaxNumber, int.MaxValue), new(25, 1, 2), BlockGroup.EndOf(1_000, 1_000_000),
        ];

        Assert.All(groups, group => Assert.Equal("a000001-".Length, group.IdPrefix.Length));
        Assert.All(groups, group => Assert.All(group.IdPrefix, sign => Assert.True(char.IsAsciiLetterOrDigit(sign) || sign == '-')));
    }

    [Fact]
    public void IdPrefix_IsItsOwn_AmongNumbers_NeighbouringClaims_AndThirteenGenerations()
    {
        var groups =
            from generation in Enumerable.Range(40, 13)
            from number in new[] { 0, 1, Slice.Gap, BlockGroup.MaxNumber }
            from claim in new[] { 7, 8 }
            select new BlockGroup(generation, number, claim);
        var prefixes = groups.Append(BlockGroup.EndOf(40, 7)).Select(group => group.IdPrefix).ToList();

        Assert.Equal(prefixes.Count, prefixes.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Numbers_OfAsManySlicesAsMayBe_AreAllBeforeTheEnds() =>
        Assert.InRange((SlicedFileMaker.MaxSlices * Slice.Gap) - 1, 0, BlockGroup.MaxNumber);
}
