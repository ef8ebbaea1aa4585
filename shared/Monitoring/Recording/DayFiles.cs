using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Recording;

/// <summary>
/// The files of a day, to which many hosts append. A line is appended only at a position before which the files are known not to contain
/// it, and only if they still end there: any other host adding the same line either came first or finds it. So it is stored exactly once,
/// however often and by whichever hosts it is attempted.
/// </summary>
internal sealed class DayFiles(IRecordFiles files, DateOnly day, MonitoringOptions options, TimeProvider time, Random random)
{
    private const int MaxTries = 60;
    private const int MaxBytesAtOnce = 1024 * 1024;

    // A host that adds little falls behind the others: refresh its view of the files, or much would have to be searched.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private Known? _known;

    /// <summary>A position that every line added from now on comes after.</summary>
    public async ValueTask<AttemptMark> MarkAsync(CancellationToken cancellationToken) =>
        _known is { } known && time.GetElapsedTime(known.SeenAt) < Fresh ? known.End : (await LookAsync(cancellationToken)).End;

    /// <summary>Appends lines that the files don't contain. One call at a time.</summary>
    public async Task AddAsync(IReadOnlyList<RecordLine> lines, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries;)
        {
            var known = _known ?? await LookAsync(cancellationToken);
            await SearchAsync(lines, known, cancellationToken);
            if (NextBatch(lines) is not { Count: > 0 } batch)
                return;
            if (await TryAddAsync(batch, known, cancellationToken))
                continue;

            // Another host appended something: a random pause keeps the two from colliding again.
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 10 << Math.Min(tries, 6))), time, cancellationToken);
            await LookAsync(cancellationToken);
            tries++;
        }

        throw new TimeoutException($"The records of {day:O} kept growing. It is tried again.");
    }

    private static List<RecordLine> NextBatch(IReadOnlyList<RecordLine> lines)
    {
        var bytes = 0;
        return [.. lines.Where(line => !line.IsRecorded).TakeWhile(line => (bytes += line.Bytes.Length) <= MaxBytesAtOnce)];
    }

    private async Task<bool> TryAddAsync(List<RecordLine> batch, Known known, CancellationToken cancellationToken)
    {
        var bytes = batch.SelectMany(line => line.Bytes).ToArray();
        if (await files.TryAppendAsync(RecordFiles.NameOf(day, known.End.Part), bytes, known.End.Offset, cancellationToken) is not { } end)
            return false;

        foreach (var line in batch)
            (line.IsRecorded, line.IsNew) = (true, true);

        // Lines that other hosts may be adding too must be searched for by the next caller in this process, like those of other hosts.
        var mark = MarkOf(known.End.Part, end);
        var others = batch.Exists(line => line.Turn == RecordingTurn.Repeated) ? mark : known.Others;
        lock (_lock)
        {
            if (_known == known)
                _known = new Known(mark, others, time.GetTimestamp());
        }

        return true;
    }

    /// <summary>
    /// Searches for lines in what other hosts may have added: what this process added for the first time contains none of them.
    /// </summary>
    private async Task SearchAsync(IReadOnlyList<RecordLine> lines, Known known, CancellationToken cancellationToken)
    {
        var sought = lines.Where(
            line => !line.IsRecorded && line.Searched < (line.Turn == RecordingTurn.Repeated ? known.End : known.Others)).ToList();
        if (sought.Count == 0)
            return;

        var from = sought.Min(line => line.Searched);
        for (var part = from.Part; part <= known.End.Part; part++)
        {
            var (begin, end) = (part == from.Part ? from.Offset : 0, part == known.End.Part ? known.End.Offset : (long?)null);
            if (begin >= end || await files.OpenAsync(RecordFiles.NameOf(day, part), begin, end, cancellationToken) is not { } stream)
                continue;

            await using (stream)
                await LineSearch.MarkFoundAsync(stream, sought, cancellationToken);
        }

        foreach (var line in sought)
            line.Searched = known.End;
    }

    private async Task<Known> LookAsync(CancellationToken cancellationToken)
    {
        var part = _known?.End.Part ?? 1;
        var mark = new AttemptMark(part, 0);
        while (await files.FindEndAsync(RecordFiles.NameOf(day, mark.Part), cancellationToken) is { } end)
        {
            part = mark.Part;
            mark = MarkOf(part, end);
            if (mark.Part == part)
                break;
        }

        lock (_lock)
        {
            return _known = _known is { } known && known.End >= mark
                ? known with { SeenAt = time.GetTimestamp() }
                : new Known(mark, mark, time.GetTimestamp());
        }
    }

    /// <summary>
    /// The position of the next line. It is derived from the file alone, so that every host starts the next file at the same position, and
    /// none appends to a completed one.
    /// </summary>
    private AttemptMark MarkOf(int part, FileEnd end) =>
        end.Bytes >= options.MaxBytes || end.Blocks >= options.MaxBlocks ? new AttemptMark(part + 1, 0) : new AttemptMark(part, end.Bytes);

    /// <param name="End">The last known end of the files.</param>
    /// <param name="Others">The end of what other hosts may have added.</param>
    /// <param name="SeenAt">When the end was read.</param>
    private sealed record Known(AttemptMark End, AttemptMark Others, long SeenAt);
}
