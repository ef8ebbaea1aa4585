using ExportFunctions.Exports.Files;
using ExportFunctions.Problems;

namespace ExportFunctions.Tests.Exports;

public sealed class WarningTests
{
    [Fact]
    public void Merge_AddsUpAColumnsCounts_WithTheKeysOfTheFirstParts()
    {
        var merged = ExportWarnings.Merge([Rounded("gpa", 2, "7", "9"), Rounded("fee", 1, "8"), Rounded("gpa", 40, "1001", "1002", "1003")])
            .ToList();

        Assert.Equal([("gpa", 42L), ("fee", 1L)], merged.Select(warning => (warning.Column!, warning.Count)));
        Assert.Equal(["7", "9", "1001"], merged[0].FirstKeys);
    }

    [Fact]
    public void Merge_KeepsAFewOfEachKind_WhenManyColumnsHaveIt()
    {
        var merged = ExportWarnings.Merge(Enumerable.Range(1, 500).Select(column => Rounded($"c{column}", column, "1"))).ToList();

        Assert.Equal(6, merged.Count);
        Assert.Equal(500L * 501 / 2, merged.Sum(warning => warning.Count));
        Assert.Equal("c500", merged[0].Column);
        Assert.Contains("495 further columns", merged[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7_600, true)]
    [InlineData(900, false)]
    [InlineData(100, false)]
    public void ToText_FitsTheRoomThereIs_AndCountsEverything(int room, bool keepsKeys)
    {
        ExportWarning[] warnings = [.. Enumerable.Range(1, ExportWarnings.MaxWarnings).Select(
            i => Rounded($"column{i}", i, Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString()))];

        var text = WarningText.ToText(warnings, room);
        var read = WarningText.Of(text);

        Assert.True(text.Length <= Math.Max(room, 200), $"{text.Length}");
        Assert.Equal(210, read.Sum(warning => warning.Count));
        Assert.Equal(keepsKeys, read.Any(warning => warning.FirstKeys is not null));
    }

    [Fact]
    public void Of_ReadsWhatEarlierVersionsWrote()
    {
        var read = WarningText.Of(Convert.ToBase64String("""[{"code":"cell_truncated","count":3,"message":"Cut."}]"""u8));

        Assert.Equal(new ExportWarning("cell_truncated", 3, "Cut."), Assert.Single(read));
    }

    private static ExportWarning Rounded(string column, long count, params string[] keys) =>
        new("rounded", count, $"Numbers in '{column}' were rounded.") { Column = column, FirstKeys = keys };
}
