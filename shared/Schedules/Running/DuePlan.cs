namespace ExportFunctions.Schedules.Running;

/// <summary>Plans what to do about a due schedule, by its rules for missed and overlapping runs. Does no I/O.</summary>
internal sealed class DuePlan
{
    /// <summary>The most instants counted one by one; as many as an every-minute schedule has in the better part of a day.</summary>
    public const int MaxCounted = 1000;

    private readonly DateTimeOffset _now;
    private readonly DueInstants _instants;
    private Schedule _schedule;
    private int _standsFor;
    private DateTimeOffset? _last;
    private DateTimeOffset? _waiting;

    private DuePlan(Schedule schedule, DateTimeOffset now)
    {
        _schedule = schedule;
        _now = now;
        _instants = new DueInstants(schedule);
    }

    /// <summary>
    /// The schedule with its due instants handled: runs to start and skipped ones are added to its open runs, and its next instant is set.
    /// Null when everything has to wait.
    /// </summary>
    /// <param name="schedule">The schedule, due.</param>
    /// <param name="now">The current time.</param>
    /// <param name="misfireAfter">How late a run may be before it counts as missed.</param>
    public static Schedule? Make(Schedule schedule, DateTimeOffset now, TimeSpan misfireAfter)
    {
        if (schedule.NextDue is not { } due || due > now)
            return null;

        // Already handled: only happens when the stored record was tampered with.
        if (due <= schedule.LastDue)
            return Moved(schedule, schedule.LastDue.Value);

        var plan = new DuePlan(schedule, now);
        var lastMissed = now - misfireAfter;
        if (schedule.Misfire == MisfirePolicy.CatchUp && (due <= lastMissed || schedule.CatchUpsLeft is not null))
        {
            plan.CatchUp(due, lastMissed);
            return plan.Result();
        }

        if (due <= lastMissed)
            plan.DealWithMissed(due, lastMissed);
        plan.DealWithPunctual(due, lastMissed);
        return plan.Result();
    }

    private void DealWithMissed(DateTimeOffset first, DateTimeOffset last)
    {
        var count = CountBetween(first, last);
        var latest = _instants.Latest(first, last, max: 1);
        switch (_schedule.Misfire)
        {
            case MisfirePolicy.Skip:
                Skip(
                    latest[^1],
                    ScheduleRunOutcome.SkippedMissed,
                    "It was missed while no host was there to start it, and this schedule skips missed runs.",
                    count - 1);
                break;
            case MisfirePolicy.RunOnce:
                // A run that is due right now also makes up for the missed ones.
                _standsFor = count;
                _last = latest[^1];
                if (_instants.Next(latest[^1]) is not { } next || next > _now)
                    StartOrSkip(latest[^1], count - 1);
                break;
            default:
                throw new InvalidOperationException($"The policy {_schedule.Misfire} is unknown.");
        }
    }

    /// <summary>
    /// Plans runs one after another when they must not overlap: those that can't start yet stay due, and so do those that become due in the
    /// meantime. After the maximum number of made-up runs, a single run stands for all the rest, so that catching up always ends, however
    /// often the schedule is due.
    /// </summary>
    private void CatchUp(DateTimeOffset first, DateTimeOffset lastMissed)
    {
        var left = _schedule.CatchUpsLeft ?? _schedule.MaxCatchUpRuns;
        var (begin, dropped) = (first, 0);
        if (first <= lastMissed)
        {
            var latest = _instants.Latest(first, lastMissed, _schedule.MaxCatchUpRuns);
            (begin, dropped) = (latest[0], CountBetween(first, lastMissed) - latest.Count);
        }

        foreach (var at in _instants.Between(begin, _now))
        {
            if (!_schedule.MayStart)
            {
                _waiting = at;
                break;
            }

            if (left == 0)
            {
                Start(_instants.Latest(at, _now, max: 1)[0], CountBetween(at, _now) - 1 + dropped);
                break;
            }

            Start(at, dropped);
            dropped = 0;
            left--;
        }

        _schedule = _schedule with { CatchUpsLeft = left };
    }

    private int CountBetween(DateTimeOffset first, DateTimeOffset last) => _instants.Between(first, last).Take(MaxCounted).Count();

    private void DealWithPunctual(DateTimeOffset due, DateTimeOffset lastMissed)
    {
        var first = due > lastMissed ? due : _instants.Next(_last ?? lastMissed);
        if (first is not { } start || start > _now)
            return;

        var overlapping = 0;
        foreach (var at in _instants.Between(start, _now).Take(MaxCounted))
        {
            if (_schedule.MayStart)
            {
                Start(at, _standsFor);
                _standsFor = 0;
                continue;
            }

            overlapping++;
            _last = at;
        }

        if (overlapping > 0)
            SkipOverlapping(_last!.Value, overlapping - 1 + _standsFor);
    }

    private void StartOrSkip(DateTimeOffset at, int missed)
    {
        _standsFor = 0;
        if (_schedule.MayStart)
            Start(at, missed);
        else
            SkipOverlapping(at, missed);
    }

    private void Start(DateTimeOffset at, int missed) =>
        Add(at, ScheduleRunOutcome.Started, reason: null, missed, RunJobId.Of(_schedule.Id, at));

    private void SkipOverlapping(DateTimeOffset at, int missed) => Skip(
        at,
        ScheduleRunOutcome.SkippedOverlap,
        _schedule.AllowOverlap ? "Too many runs before it had not ended." : "The run before had not ended.",
        missed);

    private void Skip(DateTimeOffset at, ScheduleRunOutcome outcome, string reason, int missed) =>
        Add(at, outcome, reason, missed, jobId: null);

    private void Add(DateTimeOffset at, ScheduleRunOutcome outcome, string? reason, int missed, Guid? jobId)
    {
        var run = new ScheduleRun
        {
            ScheduleId = _schedule.Id,
            DueAt = at,
            StartedAt = _now,
            Outcome = outcome,
            JobId = jobId,
            Missed = Math.Min(missed, MaxCounted - 1),
            FinishedAt = jobId is null ? _now : null,
            Reason = reason,
        };
        _schedule = _schedule with { OpenRuns = [.. _schedule.OpenRuns, run] };
        _last = at;
    }

    private Schedule? Result()
    {
        // Nothing could start, so nothing changes: the schedule stays due at the same instant.
        if (_last is not { } last)
            return null;

        var next = _waiting ?? _instants.Next(last);
        return _instants.WithNext(_schedule with { LastDue = last, CatchUpsLeft = next <= _now ? _schedule.CatchUpsLeft : null }, next);
    }

    private static Schedule Moved(Schedule schedule, DateTimeOffset after)
    {
        var instants = new DueInstants(schedule);
        return instants.WithNext(schedule, instants.Next(after));
    }
}
