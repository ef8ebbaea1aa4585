using System.Buffers;

namespace ExportFunctions.Monitoring.Recording;

/// <summary>Searches a stream for lines that may be stored already.</summary>
internal static class LineSearch
{
    private const int ChunkBytes = 128 * 1024;

    /// <summary>Marks the lines found in the stream as recorded.</summary>
    public static async Task MarkFoundAsync(Stream stream, IReadOnlyCollection<RecordLine> lines, CancellationToken cancellationToken)
    {
        var overlap = lines.Max(line => line.Key.Length) - 1;
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes + overlap);
        try
        {
            var kept = 0;
            while (await stream.ReadAsync(buffer.AsMemory(kept), cancellationToken) is var read and > 0)
            {
                var filled = kept + read;
                foreach (var line in lines)
                    line.IsRecorded |= buffer.AsSpan(0, filled).IndexOf(line.Key.Span) >= 0;

                // A key may span two chunks.
                kept = Math.Min(overlap, filled);
                buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
