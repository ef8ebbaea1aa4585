using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Events;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications.Expiry;

/// <summary>
/// Notifies people of files that are about to expire. An entry leaves the calendar once its deliveries are recorded and their messages
/// sent; if the host dies before that, the next tick handles it.
/// </summary>
public sealed class ExpiryNotices
{
    private const int AtATime = 8;

    // A tick with too much overdue work leaves the rest to the next one rather than exceed the function's time limit.
    private static readonly TimeSpan MaxTick = TimeSpan.FromMinutes(4);

    private readonly IExpiryCalendar _calendar;
    private readonly IExportJobStore _jobs;
    private readonly ExportNews _news;
    private readonly DeliveryOutbox _outbox;
    private readonly NotificationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ExpiryNotices> _logger;

    internal ExpiryNotices(
        IExpiryCalendar calendar,
        IExportJobStore jobs,
        ExportNews news,
        DeliveryOutbox outbox,
        IOptions<NotificationOptions> options,
        TimeProvider time,
        ILogger<ExpiryNotices> logger)
    {
        _calendar = calendar;
        _jobs = jobs;
        _news = news;
        _outbox = outbox;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>Sends every notice that is due.</summary>
    /// <param name="cancellationToken">Stops between entries; the next call continues.</param>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        var now = _time.GetUtcNow();
        var batch = new List<ExpiryEntry>();
        await foreach (var entry in _calendar.DueAsync(now, cancellationToken))
        {
            batch.Add(entry);
            if (batch.Count < AtATime)
                continue;

            await Task.WhenAll(batch.Select(due => TellAsync(due, now, cancellationToken)));
            batch.Clear();
            if (_time.GetElapsedTime(start) > MaxTick)
                return;
        }

        await Task.WhenAll(batch.Select(due => TellAsync(due, now, cancellationToken)));
    }

    private async Task TellAsync(ExpiryEntry entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Left in the calendar: once the record is repaired, the notice is sent.
        if (await UnreadableJobs.FindAsync(_jobs, entry.ExportId, _logger, cancellationToken) is not (var job, true))
            return;

        var today = ExpiryEntries.EntryOf(job, _options.ExpiringBefore);

        // The file was restored for some days, or the setting changed: the notice has a new time.
        if (today is not null && today.TellAt > now)
            await _calendar.AddAsync(today, cancellationToken);
        else if (today is not null && job!.File!.ExpiresAt > now)
            await TellAsync(job, cancellationToken);

        await _calendar.RemoveAsync(entry, cancellationToken);
    }

    private async Task TellAsync(ExportJob job, CancellationToken cancellationToken)
    {
        var (receivers, values) = await _news.OfAsync(NotificationEvent.ExportExpiring, job, cancellationToken);
        var draft = new DeliveryDraft(
            NotificationEvent.ExportExpiring,
            job.Id.ToString("N"),
            job.File!.ExpiresAt,
            values)
        { ExportId = job.Id, ScheduleId = job.ScheduleId };
        await _outbox.TellAsync(draft, receivers, cancellationToken);
    }
}
