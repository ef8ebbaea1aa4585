namespace ExportFunctions.Compression;

/// <summary>What a zip file says about one entry.</summary>
/// <param name="Name">The name, in ASCII.</param>
/// <param name="Offset">Where its local header begins.</param>
/// <param name="IsStreamed">Whether its sizes stand behind it.</param>
/// <param name="HasZip64Header">Whether those sizes take 8 bytes in any case.</param>
internal readonly record struct ZipEntry(string Name, long Offset, bool IsStreamed, bool HasZip64Header)
{
    /// <summary>Whether the content stands in the file as it is.</summary>
    public bool IsStored { get; init; }

    /// <summary>Its time, by <see cref="TimeOf"/>.</summary>
    public uint Time { get; init; }

    /// <summary>The CRC-32 of the content.</summary>
    public uint Crc32 { get; init; }

    /// <summary>The bytes in the file.</summary>
    public long CompressedBytes { get; init; }

    /// <summary>The bytes of the content.</summary>
    public long UncompressedBytes { get; init; }

    /// <summary>A time as zip and MS-DOS keep it: in UTC here, so that the machine's zone doesn't show.</summary>
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
