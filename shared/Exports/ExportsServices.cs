using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Hosts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Processing;
using ExportFunctions.Exports.Queue;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Exports.Slices;
using ExportFunctions.Exports.Submission;
using ExportFunctions.Exports.Turns;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Exports;

/// <summary>Adds export jobs.</summary>
public static class ExportsServices
{
    // On Azure, many instances of an app share a machine name; the instance id distinguishes them. App Service has it in the first of these
    // variables, Flex Consumption in the others.
    private static readonly string[] InstanceIds = ["WEBSITE_INSTANCE_ID", "WEBSITE_POD_NAME", "CONTAINER_NAME"];

    private const string RetentionSetting = "EXPORT_RETENTION_DAYS";

    /// <summary>Adds the services to accept, run, keep and remove exports.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings: section <c>Exports</c> and <c>EXPORT_RETENTION_DAYS</c>.</param>
    public static IServiceCollection AddExports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ExportOptions>(configuration, ExportOptions.Section, (nameof(ExportOptions.RetentionDays), RetentionSetting))
            .Configure(options => options.RetentionDays = configuration.GetValue(RetentionSetting, options.RetentionDays))
            .Configure(options => options.HostName = HostNameOf(configuration, options))
            .Validate(
                options => options.SliceLeaseDuration >= 3 * options.HeartbeatInterval,
                "Exports:SliceLeaseDuration must be at least three times Exports:HeartbeatInterval.")
            .Validate(
                options => options.LeaseDuration >= 3 * options.HeartbeatInterval,
                "Exports:LeaseDuration must be at least three times Exports:HeartbeatInterval.");

        services.AddSingleton<IExportJobStore, TableExportJobStore>();
        services.AddSingleton<BlobExportFileStore>();
        services.AddAlias<IExportFileStore, BlobExportFileStore>();
        services.AddAlias<IExportFileReader, BlobExportFileStore>();
        services.AddSingleton<IExportQueue, ExportQueue>();
        services.AddSingleton<IIdempotencyKeys, TableIdempotencyKeys>();
        services.AddSingleton<ExportRequestReader>();
        services.AddHosts();
        services.AddSingleton<ILargeFilters, BlobLargeFilters>();
        services.AddSingleton<IExportRemnants, LargeFilterRemoval>();
        services.AddSlices();
        services.AddSingleton<ExportSubmission>();
        services.AddSingleton<ILateFileStore, TableLateFileStore>();
        services.AddSingleton<LateFiles>();
        services.AddAlias<IExportFollowUp, LateFiles>();
        services.AddSingleton<FinalJobs>();
        services.AddSingleton<AttemptRecording>();
        services.AddAlias<IExportFollowUp, AttemptRecording>();

        services.AddComposed<ExportResubmission>();
        services.AddAttempts();
        services.AddTurns();
        return services;
    }

    private static void AddAttempts(this IServiceCollection services)
    {
        services.AddSingleton(Random.Shared);
        services.AddSingleton<JobRemnants>();
        services.AddSingleton<JobCompletion>();
        services.AddSingleton<JobLeases>();
        services.AddSingleton<JobClaims>();
        services.AddSingleton<ExportFileMaker>();
        services.AddSingleton<FilePublishing>();
        services.AddSingleton<ExportRetries>();
        services.AddSingleton<UnfinishedAttempts>();
        services.AddSingleton<AttemptRun>();
        services.AddSingleton<ForeignJobs>();
        services.AddComposed<ExportProcessor>();
        services.AddComposed<ExportRemoval>();
        services.AddComposed<StaleExports>();
    }

    private static void AddTurns(this IServiceCollection services)
    {
        services.AddSingleton<LargeExports>();
        services.AddSingleton<WaitingJobs>();
        services.AddSingleton<ExportSizes>();
        services.AddSingleton<CallerLimit>();
        services.AddComposed<ExportTurns>();
    }

    private static void AddHosts(this IServiceCollection services)
    {
        services.AddSingleton<IHostStore, TableHostStore>();
        services.AddSingleton<HostDirectory>();
        services.AddSingleton<JobPlacement>();
        services.AddSingleton<HostPresence>();
        services.AddHostedService(provider => provider.GetRequiredService<HostPresence>());
    }

    private static void AddSlices(this IServiceCollection services)
    {
        services.AddSingleton<JobRequestReader>();
        services.AddAlias<ISliceFiles, BlobExportFileStore>();
        services.AddSingleton<ISliceStore, TableSliceStore>();
        services.AddSingleton<ISliceQueue, SliceQueue>();
        services.AddSingleton<SliceSlots>();
        services.AddSingleton<SliceClaims>();
        services.AddSingleton<ForeignSlices>();
        services.AddSingleton<StagedSlices>();
        services.AddSingleton<SliceWriting>();
        services.AddSingleton<SliceRun>();
        services.AddSingleton<SlicePartitioning>();
        services.AddSingleton<SliceJoining>();
        services.AddSingleton<SlicedFileMaker>();
        services.AddSingleton<SliceRemoval>();
        services.AddAlias<IExportFollowUp, SliceRemoval>();
        services.AddAlias<IExportRemnants, SliceRemoval>();
        services.AddComposed<SliceProcessor>();
    }

    private static string HostNameOf(IConfiguration configuration, ExportOptions options) =>
        InstanceIds.Select(name => configuration[name])
            .FirstOrDefault(instance => instance is { Length: > 0 and <= 128 }) ?? options.HostName;
}
