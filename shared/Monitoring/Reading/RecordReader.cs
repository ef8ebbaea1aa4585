using System.Globalization;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Storage;

namespace ExportFunctions.Monitoring.Reading;

/// <summary>
/// Reads records in the order they were written, oldest first. Memory use depends on the page size, never on the number of records.
/// </summary>
public sealed class RecordReader
{
    // Where few records match, a page's search is cut short: the short page then has a continuation token.
    private const long MaxBytesOfAPage = 64 * 1024 * 1024;

    private readonly RecordArchive _archive;
    private readonly TimeProvider _time;

    internal RecordReader(RecordArchive archive, TimeProvider time)
    {
        _archive = archive;
        _time = time;
    }

    /// <summary>One page of records.</summary>
    /// <param name="query">Which records.</param>
    /// <param name="pageSize">The maximum number of records.</param>
    /// <param name="after">The end of the previous page; null for the first.</param>
    public async Task<RecordPage> ListAsync(RecordQuery query, int pageSize, RecordPlace? after, CancellationToken cancellationToken)
    {
        var records = new List<AttemptRecord>(pageSize);
        var unreadable = new List<UnreadableRecord>();
        var searched = 0L;
        foreach (var file in await FilesAsync(query, after, cancellationToken))
        {
            var from = after is { } place && (file.Day, file.Part) == (place.Day, place.Part) ? place.Offset : 0;
            await foreach (var lines in _archive.ReadAsync(file, from, cancellationToken))
            {
                var next = Take(query, file, lines, records, unreadable, pageSize);
                searched += lines.Bytes.Length;
                if (records.Count + unreadable.Count == pageSize || searched >= MaxBytesOfAPage)
                    return new RecordPage(new RecordList<AttemptRecord>(records, unreadable), new RecordPlace(file.Day, file.Part, next));
            }
        }

        return new RecordPage(new RecordList<AttemptRecord>(records, unreadable), Next: null);
    }

    /// <summary>Finds all matching records, to be written as they are read.</summary>
    /// <param name="query">Which records.</param>
    public async Task<RecordSelection> SelectAsync(RecordQuery query, CancellationToken cancellationToken) =>
        new(_archive, query, [.. await FilesAsync(query, after: null, cancellationToken)]);

    private static long Take(
        RecordQuery query, RecordFile file, RecordLines lines, List<AttemptRecord> records, List<UnreadableRecord> unreadable, int max)
    {
        var line = lines.GetEnumerator();
        for (var at = line.Next; records.Count + unreadable.Count < max && line.MoveNext(); at = line.Next)
        {
            if (query.Read(line.Current, out var isReadable) is { } record)
                records.Add(record);
            else if (!isReadable)
                unreadable.Add(Unreadable(file, at));
        }

        return line.Next;
    }

    /// <summary>A line has no id other than its position.</summary>
    private static UnreadableRecord Unreadable(RecordFile file, long at) => new(
        string.Create(CultureInfo.InvariantCulture, $"{file.Day:O}, part {file.Part}, byte {at}"),
        new DateTimeOffset(file.Day, TimeOnly.MinValue, TimeSpan.Zero),
        "The line is not a record that this version knows.");

    private async Task<IEnumerable<RecordFile>> FilesAsync(RecordQuery query, RecordPlace? after, CancellationToken cancellationToken)
    {
        var asked = query.From is { } from ? DateOnly.FromDateTime(from.UtcDateTime) : DateOnly.MinValue;
        var first = after is { } place && place.Day > asked ? place.Day : asked;
        if (await _archive.OldestDayAsync(cancellationToken) is not { } oldest)
            return [];

        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        var last = query.To is { } to && to < _time.GetUtcNow() ? DateOnly.FromDateTime(to.UtcDateTime) : today;
        var files = await _archive.ListAsync(first > oldest ? first : oldest, last, cancellationToken);
        return after is null ? files : files.Where(file => (file.Day, file.Part).CompareTo((after.Day, after.Part)) >= 0);
    }
}

/// <summary>One page of records.</summary>
/// <param name="Records">The records, oldest first.</param>
/// <param name="Next">The start of the next page; null at the end.</param>
public sealed record RecordPage(RecordList<AttemptRecord> Records, RecordPlace? Next);

/// <summary>A position in the records.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Part">The part number of the file within the day, from 1.</param>
/// <param name="Offset">The offset in it of a line.</param>
public sealed record RecordPlace(DateOnly Day, int Part, long Offset);
