using System.Security.Cryptography;
using CsCheck;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Slices;

namespace ExportFunctions.Tests.Exports.Slices;

public sealed class FileDigestTests
{
    [Fact]
    public void Digest_IsThatOfTheSlices_HoweverTheBytesCome()
    {
        var gen = from slices in Gen.Byte.Array[0, 50].Array[1, 8]
                  from chunk in Gen.Int[1, 70]
                  select (slices, chunk);

        gen.Sample(sample =>
        {
            byte[] whole = [.. sample.slices.SelectMany(slice => slice)];
            using var digest = new FileDigest([.. sample.slices.Select(slice => (long)slice.Length)]);
            foreach (var chunk in whole.Chunk(sample.chunk))
                digest.Append(chunk);

            return digest.Finish() == FileDigest.Join(sample.slices.Select(slice => Convert.ToHexStringLower(SHA256.HashData(slice))));
        });
    }

    [Fact]
    public void Digest_IsTheSha256_OfAFileInOnePiece()
    {
        using var digest = new FileDigest(sliceBytes: null);
        digest.Append("ab"u8);
        digest.Append("c"u8);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("abc"u8)), digest.Finish());
    }

    [Theory]
    [InlineData(100_000_000)]
    [InlineData(8_000_000_000)]
    [InlineData(4_000_000_000_000)]
    public void Sizes_OfAsManySlicesAsMayBe_FitTheMetadata_HoweverUnequal(long largest)
    {
        var sizes = Enumerable.Range(0, SlicedFileMaker.MaxSlices).Select(i => i % 2 == 0 ? largest + i : 1L).ToList();

        var text = SliceSizes.ToText(sizes);

        Assert.InRange(text.Length, 1, 7_000);
        Assert.All(text, sign => Assert.True(char.IsAscii(sign) && !char.IsControl(sign)));
        Assert.Equal(sizes, SliceSizes.Of(text));
    }

    [Fact]
    public void Sizes_AreReadAsEarlierVersionsWroteThem() => Assert.Equal([100L, 90, 95], SliceSizes.Of("100,-10,5"));

    [Fact]
    public void Sizes_AreTheSame_WhenTheyAreReadBack() =>
        Gen.Long[0, 1L << 45].Array[1, 700].Sample(sizes => SliceSizes.Of(SliceSizes.ToText(sizes)).SequenceEqual(sizes));
}
