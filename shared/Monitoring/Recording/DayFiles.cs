using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Monitoring.Recording;

/// <summary>
/// The files of a day, which many hosts add to. A line is added only at an end that the files are known not to hold it before, and only if
/// they still end there: whoever else adds the same line comes first or finds it. So it is there once, however often and by whomever it
/// is tried.
/// </summary>
internal sealed class DayFiles(IRecordFiles files, DateOnly day, MonitoringOptions options, TimeProvider time, Random random)
{
    private const int MaxTries = 60;
    private const int MaxBytesAtOnce = 1024 * 1024;

    // Of a host that adds little, others may have gone far since: what was seen is looked at again, or much would have to be searched.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private Known? _known;

    /// <summary>A place that every line added from now on comes after.</summary>
    public async ValueTask<AttemptMark> MarkAsync(CancellationToken cancellationToken) =>
        _known is { } known && time.GetElapsedTime(known.SeenAt) < Fresh ? known.End : (await LookAsync(cancellationToken)).End;

    /// <summary>Adds lines that the files don't hold. One call at a time.</summary>
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

            // Another host added something: a pause of random length parts those that meet here.
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

        // Lines that others may be adding as well are to be found by who adds them next in this process, like those of others.
        var mark = MarkOf(known.End.Part, end);
        var others = batch.Exists(line => line.Turn == RecordingTurn.Repeated) ? mark : known.Others;
        lock (_lock)
        {
            if (_known == known)
                _known = new Known(mark, others, time.GetTimestamp());
        }

        return true;
    }

    /// <summary>Looks for lines where others may have added them: what this process added for the first time holds none.</summary>
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
    /// Where the next line goes. It follows from the file alone, so that every host begins the next file at the same place, and none adds
    /// to one that is done.
    /// </summary>
    private AttemptMark MarkOf(int part, FileEnd end) =>
        end.Bytes >= options.MaxBytes || end.Blocks >= options.MaxBlocks ? new AttemptMark(part + 1, 0) : new AttemptMark(part, end.Bytes);

    /// <param name="End">Where the files were seen to end.</param>
    /// <param name="Others">What comes before it may be of others.</param>
    /// <param name="SeenAt">When that was.</param>
    private sealed record Known(AttemptMark End, AttemptMark Others, long SeenAt);
}
