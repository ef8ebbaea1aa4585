using System.Text.Json;
using ExportFunctions.Datasets.Partitioning;
using ExportFunctions.Exports.Slices;

namespace ExportFunctions.Tests.Exports.Slices;

public sealed class SliceTests
{
    private static readonly Slice Whole = new()
    {
        JobId = Guid.CreateVersion7(),
        Partitioning = "a",
        Number = 300,
        Generation = 2,
        Snapshot = "snapshot",
        Ranges = [new(null, SlicesWorld.Key(10)), new(SlicesWorld.Key(10), SlicesWorld.Key(20)), new(SlicesWorld.Key(20), null)],
        RowsExpected = 30,
        State = SliceState.Running,
        Claim = 3,
        FailedAttempts = 1,
        Rows = 12,
    };

    [Theory]
    [InlineData(0, null, "10-20 20-", "-10")]
    [InlineData(1, null, "20-", "-10 10-20")]
    [InlineData(0, 4, "4-10 10-20 20-", "-4")]
    [InlineData(1, 14, "14-20 20-", "-10 10-14")]
    [InlineData(2, 24, "24-", "-10 10-20 20-24")]
    public void Rest_AndWhatIsKept_AreAllRangesTogether(int range, int? stoppedAfter, string rest, string kept)
    {
        // As it comes from storage: none of its keys is the same object.
        var stored = JsonSerializer.Deserialize(JsonSerializer.Serialize(Whole, SlicesJson.Default.Slice), SlicesJson.Default.Slice)!;

        var left = Whole.RestAfter(range, stoppedAfter is { } key ? SlicesWorld.Key(key) : null, written: 12)!;

        Assert.Equal((rest, kept), (Text(left.Ranges), Text(stored.RangesBefore(left))));
        Assert.Equal(
            (301, 0, 0, SliceState.Waiting, 2, "snapshot"),
            (left.Number, left.Claim, left.FailedAttempts, left.State, left.Generation, left.Snapshot));
    }

    [Fact]
    public void Rest_IsNone_AfterTheLastRange_AndWithoutAPlaceForIt()
    {
        Assert.Null(Whole.RestAfter(2, stoppedAfter: null, written: 30));
        var last = Whole with { Number = 399 };
        Assert.False(last.HasPlaceBehind);
        Assert.Null(last.RestAfter(0, stoppedAfter: null, written: 10));
    }

    [Theory]
    [InlineData(1, 14L, 12, 18)]
    [InlineData(0, null, 100, 20)]
    [InlineData(2, 24L, 100, 0)]
    public void Rest_ExpectsWhatIsLeft_OrItsShare_WhenThereIsMoreThanExpected(int range, long? stoppedAfter, long written, long expected) =>
        Assert.Equal(expected, Whole.RestAfter(range, stoppedAfter is { } key ? SlicesWorld.Key((int)key) : null, written)!.RowsExpected);

    private static string Text(IEnumerable<KeyRange> ranges) =>
        string.Join(' ', ranges.Select(range => $"{range.After?.Values[0].Text}-{range.UpTo?.Values[0].Text}"));
}
