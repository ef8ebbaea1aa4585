namespace ExportFunctions.Compression;

/// <summary>The metadata of a zip entry.</summary>
/// <param name="Name">The name, in ASCII.</param>
/// <param name="Offset">Where its local header begins.</param>
/// <param name="IsStreamed">Whether its sizes follow the content.</param>
/// <param name="HasZip64Header">Whether those sizes always take 8 bytes.</param>
internal readonly record struct ZipEntry(string Name, long Offset, bool IsStreamed, bool HasZip64Header)
{
    /// <summary>Whether the content is stored uncompressed.</summary>
    public bool IsStored { get; init; }

    /// <summary>Its time, from <see cref="TimeOf"/>.</summary>
    public uint Time { get; init; }

    /// <summary>The CRC-32 of the content.</summary>
    public uint Crc32 { get; init; }

    /// <summary>The compressed size in bytes.</summary>
    public long CompressedBytes { get; init; }

    /// <summary>The uncompressed size in bytes.</summary>
    public long UncompressedBytes { get; init; }

    /// <summary>A time in zip's MS-DOS format: in UTC here, so that the machine's time zone has no effect.</summary>
    /// <param name="time">The time; outside 1980 to 2107 it is the first of 1980.</param>
    public static uint TimeOf(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        if (utc.Year is < 1980 or > 2107)
            utc = new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        var date = ((utc.Year - 1980) << 9) | (utc.Month << 5) | utc.Day;
        return ((uint)date << 16) | (uint)((utc.Hour << 11) | (utc.Minute << 5) | (utc.Second / 2));
    }
}
