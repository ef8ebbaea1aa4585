using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using ExportFunctions.Schedules;
using ExportFunctions.Schedules.Requests;
using ExportFunctions.Schedules.Running;
using ExportFunctions.Schedules.Timing;
using ExportFunctions.Tests.Exports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Schedules;

/// <summary>
/// Everything around schedules, in memory and on a clock that stands still, with as many hosts as a test wants. It begins at 8 o'clock.
/// </summary>
internal sealed class SchedulesWorld
{
    public ExportsWorld Exports { get; } = new();

    public FakeTimeProvider Time => Exports.Time;

    public DateTimeOffset Now => Time.GetUtcNow();

    public MemoryScheduleStore Schedules { get; } = new();

    public MemoryRunStore Runs { get; } = new();

    public ScheduleOptions Options { get; } = new() { AtATime = 4 };

    /// <summary>Who was told that they are suspended, and since when; repetitions included.</summary>
    public List<(Guid Schedule, DateTimeOffset At)> Suspended { get; } = [];

    /// <summary>What stored requests are read by.</summary>
    public ExportRequestReader Requests { get; set; } = ExportsWorld.Reader();

    public static ScheduleRequest Hourly(Func<ScheduleRequest, ScheduleRequest>? change = null)
    {
        var request = new ScheduleRequest
        {
            Name = "Numbers",
            Export = ExportsWorld.Request(),
            Timing = new ScheduleTiming { Frequency = ScheduleFrequency.Hourly },
        };
        return change is null ? request : change(request);
    }

    public ScheduleChanges Changes(Fuse? fuse = null) => Get<ScheduleChanges>(fuse);

    public ScheduleStarts Starts(Fuse? fuse = null) => Get<ScheduleStarts>(fuse);

    public ScheduleTick Tick(Fuse? fuse = null) => Get<ScheduleTick>(fuse);

    /// <summary>What a host holds schedules against clock and zone data with.</summary>
    public ScheduleReviews Reviews(Fuse? fuse = null) => Get<ScheduleReviews>(fuse);

    /// <summary>What follows on the end of an export.</summary>
    public CatchingUp CatchingUp() => Services(Fuse.Never).GetServices<IExportFollowUp>().OfType<CatchingUp>().Single();

    public async Task<Schedule> AddAsync(ScheduleRequest? request = null) =>
        await Changes().CreateAsync(request ?? Hourly(), CancellationToken.None)
            ?? throw new InvalidOperationException("There are too many schedules.");

    public Task<int> TickAsync() => Tick().RunAsync(CancellationToken.None);

    /// <summary>Lets time pass in one leap, as an outage does, then ticks.</summary>
    public Task<int> TickAfterAsync(TimeSpan pause)
    {
        Time.Advance(pause);
        return TickAsync();
    }

    /// <summary>Lets every export that waits end, in success or by a failure that stays.</summary>
    public async Task EndExportsAsync(string? failure = null)
    {
        if (failure is null)
            await Exports.DeliverAsync();

        while (Exports.Messages.TryDequeue(out var message))
        {
            Exports.Jobs.Change(message.JobId, job => job with
            {
                Status = ExportStatus.Failed,
                FinishedAt = Now,
                Error = new ExportFailure("test", failure!, FailureKind.Permanent),
            });
        }
    }

    private T Get<T>(Fuse? fuse)
        where T : notnull => Services(fuse ?? Fuse.Never).GetRequiredService<T>();

    private ServiceProvider Services(Fuse fuse) => Exports.Collection(fuse)
        .AddSchedules(new ConfigurationBuilder().Build())
        .AddSingleton(Microsoft.Extensions.Options.Options.Create(Options))
        .AddSingleton(Requests)
        .AddSingleton(Requests.Datasets)
        .AddSingleton(Schedules.As(fuse))
        .AddSingleton(Runs.As(fuse))
        .AddSingleton<ISuspensionListener>(new MemoryListener(Suspended, fuse))
        .BuildServiceProvider();

    private sealed class MemoryListener(List<(Guid Schedule, DateTimeOffset At)> told, Fuse fuse) : ISuspensionListener
    {
        public Task OnSuspendedAsync(Schedule schedule, DateTimeOffset suspendedAt, CancellationToken cancellationToken) =>
            fuse.PassAsync(() =>
        {
            told.Add((schedule.Id, suspendedAt));
            return Task.CompletedTask;
        });
    }
}
