using System.Globalization;

namespace ExportFunctions.Exports.Files;

/// <summary>
/// The sizes of a file's slices as text for a blob's metadata, each as the difference from the previous one: decimal numbers where those
/// are short, which earlier versions can read too; variable-length bytes in base64 where decimals would take too much of the 8 KB.
/// </summary>
internal static class SliceSizes
{
    private const int MaxDecimalCharacters = 4_000;

    // No decimal text starts with it.
    private const char Compact = '~';

    public static string ToText(IReadOnlyList<long> sizes)
    {
        var before = 0L;
        var differences = new List<long>(sizes.Count);
        foreach (var size in sizes)
        {
            differences.Add(size - before);
            before = size;
        }

        var text = string.Join(',', differences.Select(difference => difference.ToString(CultureInfo.InvariantCulture)));
        return text.Length <= MaxDecimalCharacters ? text : Compact + Convert.ToBase64String([.. differences.SelectMany(ToBytes)]);
    }

    public static IReadOnlyList<long> Of(string text)
    {
        var size = 0L;
        var differences = text is [Compact, ..]
            ? FromBytes(Convert.FromBase64String(text[1..]))
            : text.Split(',').Select(difference => long.Parse(difference, CultureInfo.InvariantCulture));
        return [.. differences.Select(difference => size += difference)];
    }

    // Seven bits per byte, lowest first, with the sign as the lowest bit.
    private static IEnumerable<byte> ToBytes(long difference)
    {
        var rest = (ulong)((difference << 1) ^ (difference >> 63));
        for (; rest >= 0x80; rest >>= 7)
            yield return (byte)(rest | 0x80);
        yield return (byte)rest;
    }

    private static IEnumerable<long> FromBytes(byte[] bytes)
    {
        var (value, shift) = (0UL, 0);
        foreach (var part in bytes)
        {
            value |= (ulong)(part & 0x7F) << shift;
            shift += 7;
            if ((part & 0x80) != 0)
                continue;

            yield return (long)(value >> 1) ^ -(long)(value & 1);
            (value, shift) = (0, 0);
        }
    }
}
