using ExportFunctions.Schedules.Records;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Schedules;

/// <summary>Adds schedules.</summary>
public static class SchedulesServices
{
    /// <summary>Adds keeping, changing and running schedules.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings: section <c>Schedules</c>.</param>
    public static IServiceCollection AddSchedules(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ScheduleOptions>().Bind(configuration.GetSection(ScheduleOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IScheduleStore, TableScheduleStore>();
        services.AddSingleton<IScheduleRunStore, TableScheduleRunStore>();
        services.AddSingleton<ScheduleChanges>();
        return services;
    }
}
