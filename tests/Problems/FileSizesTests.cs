using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Problems;

public sealed class FileSizesTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_000, "1 KB")]
    [InlineData(99_949, "99.9 KB")]
    [InlineData(99_950, "100 KB")]
    [InlineData(999_499, "999 KB")]
    [InlineData(999_500, "1 MB")]
    [InlineData(999_950, "1 MB")]
    [InlineData(1_000_000, "1 MB")]
    [InlineData(15_600_000, "15.6 MB")]
    [InlineData(999_999_999, "1 GB")]
    [InlineData(5_000_000_000_000, "5 TB")]
    [InlineData(long.MaxValue, "9223 PB")]
    public void ToText_WritesTheUnitThatItIsAtLeastOneOf(long bytes, string expected) => Assert.Equal(expected, FileSizes.ToText(bytes));
}
