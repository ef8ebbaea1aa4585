using ExportFunctions.Datasets;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Tests.Datasets;
using ExportFunctions.Tests.Problems;

namespace ExportFunctions.Tests.Exports.Requests;

public sealed class SplitRequestTests
{
    private static readonly string Values = string.Join(',', Enumerable.Repeat("\"\\u03b1\"", 40_000));

    private static readonly string Large =
        $$$"""{"dataset":"samples","filter":{"column":"name","op":"in","value":["Αθήνα",{{{Values}}}]},"sort":["name"],"retry":{"count":1}}""";

    [Fact]
    public void Split_LeavesARequestWhole_WhenItsRecordHasRoom()
    {
        const string Small = """{"dataset":"samples","filter":{"column":"name","op":"isNull"}}""";

        Assert.Equal((Small, null), SplitRequest.Split(Small, "n"));
        Assert.Null(SplitRequest.NameOf(Small));
    }

    [Fact]
    public void Join_GivesTheRequestByteForByte_ThatWasSplit()
    {
        var (recorded, filter) = SplitRequest.Split(Large, "n");

        Assert.InRange(recorded.Length, 1, 400);
        Assert.Equal("n", SplitRequest.NameOf(recorded));
        Assert.Equal(Large, SplitRequest.Join(recorded, filter));
    }

    [Fact]
    public void Join_Throws_WhenTheFilterIsAnother()
    {
        var (recorded, filter) = SplitRequest.Split(Large, "n");
        filter![^3] ^= 1;

        Assert.Throws<InvalidDataException>(() => SplitRequest.Join(recorded, filter));
    }

    [Fact]
    public void Split_LeavesNoRequestThatWouldBeRead_WithoutItsFilter()
    {
        var errors = new FieldErrors();
        var recorded = GivenFields.Open(SplitRequest.Split(Large, "n").Recorded, errors, ["dataset", "format", .. RowQueryReader.Fields])!;

        Assert.Null(RowQueryReader.Read(recorded, SampleRow.Dataset, out _));
        Assert.Contains("filter.apart", errors.ByField.Keys);
    }

    [Theory]
    [InlineData(100_000, false)]
    [InlineData(300_000, true)]
    public void IsTooLarge_TellsWhatARecordHasNoRoomFor_BesideTheFilter(int blanks, bool expected)
    {
        var request = Large.Replace("[\"name\"]", $"[\"name\"{new string(' ', blanks)}]", StringComparison.Ordinal);

        Assert.Equal(expected, SplitRequest.IsTooLarge(request));
    }
}
