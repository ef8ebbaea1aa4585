using System.IO.Compression;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Files;

/// <summary>
/// Warnings as text for a blob's metadata, which is limited to 8 KB in all: when space is short, keys are dropped first, then columns.
/// </summary>
internal static class WarningText
{
    // The Base64 of a JSON list never starts with it.
    private const char Compressed = '~';
    private const int MaxJsonBytes = 64 * 1024;

    /// <summary>Formats warnings as text.</summary>
    /// <param name="warnings">The warnings.</param>
    /// <param name="maxLength">The number of characters available; the counts by code are written in any case.</param>
    public static string ToText(IReadOnlyCollection<ExportWarning> warnings, int maxLength)
    {
        var text = Write(warnings);
        if (text.Length > maxLength)
            text = Write([.. warnings.Select(warning => warning with { FirstKeys = null })]);

        return text.Length <= maxLength
            ? text
            : Write([.. warnings.GroupBy(warning => warning.Code, StringComparer.Ordinal).Select(
                same => new ExportWarning(same.Key, same.Sum(warning => warning.Count), "See the manifest."))]);
    }

    /// <summary>Parses warnings from text.</summary>
    public static IReadOnlyCollection<ExportWarning> Of(string text)
    {
        if (!text.StartsWith(Compressed))
            return Read(Convert.FromBase64String(text));

        var room = new byte[MaxJsonBytes];
        return BrotliDecoder.TryDecompress(Convert.FromBase64String(text[1..]), room, out var length)
            ? Read(room.AsSpan(0, length))
            : throw new InvalidDataException("The warnings in a file's metadata can't be read.");
    }

    private static string Write(IReadOnlyCollection<ExportWarning> warnings)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(warnings, FilesJson.Default.IReadOnlyCollectionExportWarning);
        var room = new byte[BrotliEncoder.GetMaxCompressedLength(json.Length)];
        return json.Length <= MaxJsonBytes && BrotliEncoder.TryCompress(json, room, out var length)
            ? Compressed + Convert.ToBase64String(room, 0, length)
            : Convert.ToBase64String(json);
    }

    private static IReadOnlyCollection<ExportWarning> Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, FilesJson.Default.IReadOnlyCollectionExportWarning) ?? [];
}
