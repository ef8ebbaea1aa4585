using ExportFunctions.Exports;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Maintenance.Archives;
using ExportFunctions.Maintenance.Cleanup;
using ExportFunctions.Maintenance.Deletions;
using ExportFunctions.Maintenance.Restores;
using ExportFunctions.Maintenance.Runs;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Maintenance;

/// <summary>Adds maintenance.</summary>
public static class MaintenanceServices
{
    /// <summary>Adds cleanup, archives and restoring.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings: section <c>Maintenance</c>.</param>
    public static IServiceCollection AddMaintenance(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<MaintenanceOptions>(configuration, MaintenanceOptions.Section)
            .Validate<IOptions<ExportOptions>>(
                (options, exports) => options.JobDays >= exports.Value.RetentionDays,
                "Maintenance:JobDays must be EXPORT_RETENTION_DAYS or more: a file needs its job until it is archived or removed.");
        services.AddSingleton<MaintenanceRunStore>();
        services.AddSingleton<StoredFiles>();
        services.AddSingleton<ArchiveStore>();
        services.AddSingleton<ArchiveEntries>();
        services.AddSingleton<ArchivePacking>();
        services.AddSingleton<ArchiveCheck>();
        services.AddSingleton<DamagedFiles>();
        services.AddSingleton<ArchiveDeletions>();
        services.AddSingleton<IExportRemnants, ArchivedRemnants>();
        services.AddSingleton<ArchiveRewriting>();
        services.AddSingleton<ArchiveSweep>();
        services.AddSingleton<StuckDays>();
        services.AddSingleton<ExpiredFileFinder>();
        services.AddSingleton<FileExpiry>();
        services.AddSingleton<FileCleanup>();
        services.AddSingleton<LargeFilterSweep>();
        services.AddSingleton<UploadSweep>();
        services.AddSingleton<ExportRecordSweep>();
        services.AddSingleton<HistorySweep>();
        services.AddSingleton<RecordSweep>();
        services.AddSingleton<OpenCleanups>();
        services.AddSingleton<CleanupDays>();
        services.AddSingleton<CleanupCompletion>();
        services.AddSingleton<MaintenanceQueue>();
        services.AddSingleton<FileFromArchive>();

        services.AddComposed<CleanupPlanning>();
        services.AddComposed<CleanupRuns>();
        services.AddComposed<FileRestores>();
        return services;
    }
}
