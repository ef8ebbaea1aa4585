using ExportFunctions.Schedules.Running;
using Microsoft.Azure.Functions.Worker;

namespace ExportFunctions.Functions.Schedules;

/// <summary>Starts the runs of schedules that are due.</summary>
public sealed class SchedulesTimer(ScheduleTick tick)
{
    [Function("RunSchedules")]
    public Task RunAsync([TimerTrigger("%SCHEDULES_SCHEDULE%")] TimerInfo timer, CancellationToken cancellationToken) =>
        tick.RunAsync(cancellationToken);
}
