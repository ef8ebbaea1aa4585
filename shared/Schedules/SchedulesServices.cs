using ExportFunctions.Exports.Jobs;
using ExportFunctions.Schedules.Records;
using ExportFunctions.Schedules.Requests;
using ExportFunctions.Schedules.Running;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Schedules;

/// <summary>Adds schedules.</summary>
public static class SchedulesServices
{
    /// <summary>Adds the services to store, change and run schedules.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings: section <c>Schedules</c>.</param>
    public static IServiceCollection AddSchedules(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ScheduleOptions>(configuration, ScheduleOptions.Section);
        services.AddSingleton<IScheduleStore, TableScheduleStore>();
        services.AddSingleton<IScheduleRunStore, TableScheduleRunStore>();
        services.AddSingleton<ScheduleRequestReader>();
        services.AddSingleton<ScheduleChanges>();

        services.AddSingleton<RunStart>();
        services.AddSingleton<RunCompletion>();
        services.AddSingleton<Suspensions>();
        services.AddSingleton<OpenRuns>();
        services.AddSingleton<ScheduleReviews>();
        services.AddComposed<ScheduleStarts>();
        services.AddSingleton<IExportFollowUp, CatchingUp>();
        services.AddComposed<ScheduleTick>();
        return services;
    }
}
