using ExportFunctions.Monitoring.Reading;
using ExportFunctions.Monitoring.Recording;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Monitoring.Summaries;

/// <summary>
/// The daily summaries. The summary of a past day is stored once it is made; lines added to the day's files later are read in addition and
/// included when it is next made. Today's summary is kept in memory, and only lines added since the last call are read; once those amount
/// to much it is stored as well, so that other hosts need not read them again.
/// </summary>
public sealed partial class DaySummaries : IDisposable
{
    // About 10,000 records.
    private const long MuchAtOnce = 4 * 1024 * 1024;

    private readonly RecordArchive _archive;
    private readonly SummaryStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<DaySummaries> _logger;
    private readonly SemaphoreSlim _open = new(1, 1);
    private (DateOnly Day, DaySummary Summary)? _today;

    internal DaySummaries(RecordArchive archive, SummaryStore store, TimeProvider time, ILogger<DaySummaries> logger)
    {
        _archive = archive;
        _store = store;
        _time = time;
        _logger = logger;
    }

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    /// <summary>Makes the missing summaries of past days.</summary>
    /// <param name="cancellationToken">Stops the work; it can be repeated.</param>
    /// <returns>The number of summaries made.</returns>
    public async Task<int> MakeAsync(CancellationToken cancellationToken)
    {
        if (await _archive.OldestDayAsync(cancellationToken) is not { } oldest)
            return 0;

        var made = 0;
        foreach (var (day, files, summaryAt) in await DaysAsync(oldest, Today.AddDays(-1), cancellationToken))
        {
            // A summary younger than the last line of the records includes all of them, and need not even be opened.
            if (summaryAt is { } at && files.TrueForAll(file => file.ChangedAt < at))
                continue;
            if (await MakeAsync(day, files.ConvertAll(file => file.File), isStored: summaryAt is not null, cancellationToken) is (_, true))
                made++;
        }

        Log.Made(_logger, made);
        return made;
    }

    /// <summary>Releases what callers wait on.</summary>
    public void Dispose() => _open.Dispose();

    /// <summary>Passes on the summary of each day with records, one at a time, in no particular order.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="show">Receives a day's summary, which must not be kept.</param>
    internal async Task ReadAsync(DateOnly from, DateOnly to, Action<DateOnly, DaySummary> show, CancellationToken cancellationToken)
    {
        var turn = new Lock();
        var options = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(await DaysAsync(from, to, cancellationToken), options, async (day, token) =>
        {
            var files = day.Files.ConvertAll(file => file.File);
            if (day.Day >= Today)
            {
                await ReadOpenAsync(day.Day, files, day.SummaryAt is not null, summary => Show(day.Day, summary), token);
                return;
            }

            Show(day.Day, (await MakeAsync(day.Day, files, day.SummaryAt is not null, token)).Summary);
        });

        void Show(DateOnly day, DaySummary summary)
        {
            lock (turn)
                show(day, summary);
        }
    }

    private async Task<List<DayRecords>> DaysAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var days = new SortedDictionary<DateOnly, DayRecords>();
        await foreach (var blob in _archive.ListAllAsync(from, to, cancellationToken))
        {
            var day = RecordFiles.DayOf(blob.Name)!.Value;
            if (!days.TryGetValue(day, out var records))
                days[day] = records = new DayRecords(day, [], SummaryAt: null);
            if (RecordArchive.FileOf(blob) is { } file)
                records.Files.Add((file, blob.Properties.LastModified ?? DateTimeOffset.MaxValue));
            else if (SummaryStore.IsSummary(blob.Name))
                days[day] = records with { SummaryAt = blob.Properties.LastModified };
        }

        return [.. days.Values.Where(day => day.Files.Count > 0)];
    }

    /// <summary>The summary of a past day, made or updated as needed.</summary>
    private async Task<(DaySummary Summary, bool IsMade)> MakeAsync(
        DateOnly day, List<RecordFile> files, bool isStored, CancellationToken cancellationToken)
    {
        var summary = (isStored ? await _store.FindAsync(day, cancellationToken) : null) ?? new DaySummary();
        if (summary.Covers(files))
            return (summary, false);

        await AddAsync(summary, files, cancellationToken);
        await _store.SaveAsync(day, summary, cancellationToken);
        return (summary, true);
    }

    private async Task ReadOpenAsync(
        DateOnly day, List<RecordFile> files, bool isStored, Action<DaySummary> show, CancellationToken cancellationToken)
    {
        await _open.WaitAsync(cancellationToken);
        try
        {
            var summary = _today is { } today && today.Day == day ? today.Summary : (
                isStored ? await _store.FindAsync(day, cancellationToken) : null) ?? new DaySummary();
            var isMuch = files.Sum(file => file.Bytes - summary.CoveredOf(file)) >= MuchAtOnce;

            // Evicted while lines are added: a call interrupted between them leaves a partial summary that must not be used.
            _today = null;
            await AddAsync(summary, files, cancellationToken);
            _today = (day, summary);
            if (isMuch)
                await _store.SaveAsync(day, summary, cancellationToken);
            show(summary);
        }
        finally
        {
            _open.Release();
        }
    }

    private async Task AddAsync(DaySummary summary, List<RecordFile> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await foreach (var lines in _archive.ReadAsync(file, summary.CoveredOf(file), cancellationToken))
                summary.Add(file, lines);
        }
    }

    private sealed record DayRecords(DateOnly Day, List<(RecordFile File, DateTimeOffset ChangedAt)> Files, DateTimeOffset? SummaryAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Summaries} summaries of days made.")]
        public static partial void Made(ILogger logger, int summaries);
    }
}
