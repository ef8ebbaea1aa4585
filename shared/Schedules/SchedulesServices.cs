using ExportFunctions.Exports.Hosts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Exports.Submission;
using ExportFunctions.Schedules.Records;
using ExportFunctions.Schedules.Requests;
using ExportFunctions.Schedules.Running;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Schedules;

/// <summary>Adds schedules.</summary>
public static class SchedulesServices
{
    /// <summary>Adds keeping, changing and running schedules.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings: section <c>Schedules</c>.</param>
    public static IServiceCollection AddSchedules(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ScheduleOptions>(configuration, ScheduleOptions.Section);
        services.AddSingleton<IScheduleStore, TableScheduleStore>();
        services.AddSingleton<IScheduleRunStore, TableScheduleRunStore>();
        services.AddSingleton<ScheduleRequestReader>();
        services.AddSingleton<ScheduleChanges>();

        // These have parts that are internal, which the container's constructor search does not see.
        services.AddSingleton(provider => new OpenRuns(
            provider.GetRequiredService<IScheduleStore>(),
            provider.GetRequiredService<IScheduleRunStore>(),
            provider.GetRequiredService<IExportJobStore>(),
            new RunStart(
                provider.GetRequiredService<IScheduleRunStore>(),
                provider.GetRequiredService<ExportRequestReader>(),
                provider.GetRequiredService<JobPlacement>(),
                provider.GetRequiredService<ExportSubmission>()),
            new RunCompletion(
                provider.GetRequiredService<IScheduleStore>(), provider.GetRequiredService<IScheduleRunStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RunCompletion>>()),
            new Suspensions(provider.GetRequiredService<IScheduleStore>(), provider.GetServices<ISuspensionListener>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OpenRuns>>()));
        services.AddSingleton(provider => new ScheduleReviews(
            provider.GetRequiredService<IScheduleStore>(),
            provider.GetRequiredService<IOptions<ScheduleOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ScheduleReviews>>()));
        services.AddSingleton(provider => new ScheduleStarts(
            provider.GetRequiredService<IScheduleStore>(),
            provider.GetRequiredService<OpenRuns>(),
            provider.GetRequiredService<ScheduleReviews>(),
            provider.GetRequiredService<IOptions<ScheduleOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ScheduleStarts>>()));
        services.AddSingleton<IExportFollowUp>(provider => new CatchingUp(
            provider.GetRequiredService<IScheduleStore>(),
            provider.GetRequiredService<OpenRuns>(),
            provider.GetRequiredService<ScheduleStarts>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CatchingUp>>()));
        services.AddSingleton(provider => new ScheduleTick(
            provider.GetRequiredService<IScheduleStore>(),
            provider.GetRequiredService<OpenRuns>(),
            provider.GetRequiredService<ScheduleStarts>(),
            provider.GetRequiredService<ScheduleReviews>(),
            provider.GetRequiredService<IOptions<ScheduleOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ScheduleTick>>()));
        return services;
    }
}
