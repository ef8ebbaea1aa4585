using System.Security.Cryptography;
using CsCheck;
using ExportFunctions.Exports.Files;

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

    [Fact]
    public void Sizes_AreTheSame_WhenTheyAreReadBack() =>
        Gen.Long[0, 1L << 45].Array[1, 500].Sample(sizes => SliceSizes.Of(SliceSizes.ToText(sizes)).SequenceEqual(sizes));
}
