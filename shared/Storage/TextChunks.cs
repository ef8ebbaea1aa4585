using System.Globalization;
using System.Text;
using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>Long texts in a table entity: a property holds 64 KiB, so a text is split across as many as it needs.</summary>
internal static class TextChunks
{
    private const int ChunkBytes = 60 * 1024;

    /// <summary>Stores a text in an entity that is written whole: a merge would keep the tail of a longer earlier text.</summary>
    public static void Write(TableEntity entity, string property, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var start = 0; start < bytes.Length; start += ChunkBytes)
            entity[Name(property, start / ChunkBytes)] = bytes.AsSpan(start, Math.Min(ChunkBytes, bytes.Length - start)).ToArray();
    }

    /// <summary>Reads the text back; empty when the entity was read without it.</summary>
    public static string Read(TableEntity entity, string property)
    {
        using var bytes = new MemoryStream();
        for (var chunk = 0; entity.GetBinary(Name(property, chunk)) is { } part; chunk++)
            bytes.Write(part);

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static string Name(string property, int chunk) => string.Create(CultureInfo.InvariantCulture, $"{property}{chunk}");
}
