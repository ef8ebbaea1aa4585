using System.Globalization;

namespace ExportFunctions.Exports.Files;

/// <summary>The sizes of slices as text for a blob's metadata, each as its difference to the one before.</summary>
internal static class SliceSizes
{
    public static string ToText(IReadOnlyList<long> sizes)
    {
        var before = 0L;
        var differences = new List<string>(sizes.Count);
        foreach (var size in sizes)
        {
            differences.Add((size - before).ToString(CultureInfo.InvariantCulture));
            before = size;
        }

        return string.Join(',', differences);
    }

    public static IReadOnlyList<long> Of(string text)
    {
        var size = 0L;
        return [.. text.Split(',').Select(difference => size += long.Parse(difference, CultureInfo.InvariantCulture))];
    }
}
