using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Sources;
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
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports;

/// <summary>Adds export jobs.</summary>
public static class ExportsServices
{
    // Of the instances that Azure runs an app on, many share a machine's name; the id tells them apart. App Service has it in the first of
    // these variables, Flex Consumption in the others.
    private static readonly string[] InstanceIds = ["WEBSITE_INSTANCE_ID", "WEBSITE_POD_NAME", "CONTAINER_NAME"];

    private const string RetentionSetting = "EXPORT_RETENTION_DAYS";

    /// <summary>Adds accepting, running, keeping and removing exports.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The settings: section <c>Exports</c> and <c>EXPORT_RETENTION_DAYS</c>.</param>
    public static IServiceCollection AddExports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ExportOptions>(configuration, ExportOptions.Section, (nameof(ExportOptions.RetentionDays), RetentionSetting))
            .Configure(options => options.RetentionDays = configuration.GetValue(RetentionSetting, options.RetentionDays))
            .Configure(options => options.HostName = HostNameOf(configuration, options))
            .Validate(options => options.SliceLeaseDuration >= 3 * options.HeartbeatInterval, "Exports:SliceLeaseDuration must be at least three times Exports:HeartbeatInterval.")
            .Validate(
                options => options.LeaseDuration >= 3 * options.HeartbeatInterval,
                "Exports:LeaseDuration must be at least three times Exports:HeartbeatInterval.");

        services.AddSingleton<IExportJobStore, TableExportJobStore>();
        services.AddSingleton<BlobExportFileStore>();
        services.AddSingleton<IExportFileStore>(provider => provider.GetRequiredService<BlobExportFileStore>());
        services.AddSingleton<IExportFileReader>(provider => provider.GetRequiredService<BlobExportFileStore>());
        services.AddSingleton<IExportQueue, ExportQueue>();
        services.AddSingleton<IIdempotencyKeys, TableIdempotencyKeys>();
        services.AddSingleton<ExportRequestReader>();
        services.AddHosts();
        services.AddSingleton<ILargeFilters, BlobLargeFilters>();
        services.AddSingleton<IExportRemnants, LargeFilterRemoval>();
        services.AddSlices();
        services.AddSingleton<ExportSubmission>();
        services.AddSingleton<ExportRemoval>();
        services.AddSingleton<ILateFileStore, TableLateFileStore>();
        services.AddSingleton<LateFiles>();
        services.AddSingleton<IExportFollowUp>(provider => provider.GetRequiredService<LateFiles>());
        services.AddSingleton<FinalJobs>();
        services.AddSingleton<AttemptRecording>();
        services.AddSingleton<IExportFollowUp>(provider => provider.GetRequiredService<AttemptRecording>());

        // These have parts that are internal, which the container's constructor search does not see.
        services.AddSingleton(provider => new ExportResubmission(
            provider.GetRequiredService<IExportJobStore>(),
            provider.GetRequiredService<JobRequestReader>(),
            provider.GetRequiredService<ExportSubmission>()));
        services.AddSingleton(provider => new JobCompletion(
            provider.GetRequiredService<IExportJobStore>(),
            provider.GetRequiredService<IExportFileStore>(),
            provider.GetServices<IExportRemnants>(),
            provider.GetRequiredService<LateFiles>(),
            provider.GetRequiredService<FinalJobs>(),
            provider.GetRequiredService<AttemptRecording>(),
            provider.GetRequiredService<IOptions<ExportOptions>>().Value,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StaleExports(
            provider.GetRequiredService<IExportJobStore>(),
            provider.GetRequiredService<JobCompletion>(),
            provider.GetRequiredService<FinalJobs>(),
            provider.GetRequiredService<IExportQueue>(),
            provider.GetRequiredService<IOptions<ExportOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StaleExports>>()));
        services.AddSingleton(provider => new ExportProcessor(
            provider.GetRequiredService<IExportJobStore>(),
            provider.GetRequiredService<IExportFileStore>(),
            new ExportFileMaker(
                provider.GetRequiredService<JobRequestReader>(),
                provider.GetRequiredService<IRowSource>(),
                provider.GetRequiredService<IExportFileStore>(),
                provider.GetRequiredService<SlicePartitioning>(),
                provider.GetRequiredService<SlicedFileMaker>(),
                provider.GetRequiredService<ILogger<ExportFileMaker>>()),
            provider.GetRequiredService<IExportQueue>(),
            new ForeignJobs(
                provider.GetRequiredService<JobPlacement>(),
                provider.GetRequiredService<IExportJobStore>(),
                provider.GetRequiredService<IExportQueue>(),
                provider.GetRequiredService<JobCompletion>(),
                provider.GetRequiredService<IOptions<ExportOptions>>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ForeignJobs>>()),
            new ExportRetries(
                provider.GetRequiredService<JobCompletion>(),
                provider.GetRequiredService<IExportQueue>(),
                provider.GetRequiredService<IOptions<ExportOptions>>().Value,
                provider.GetRequiredService<TimeProvider>(),
                Random.Shared),
            provider.GetRequiredService<JobCompletion>(),
            provider.GetRequiredService<AttemptRecording>(),
            provider.GetRequiredService<LargeExports>(),
            provider.GetRequiredService<IOptions<ExportOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ExportProcessor>>()));
        services.AddTurns();
        return services;
    }

    private static void AddTurns(this IServiceCollection services)
    {
        services.AddSingleton<LargeExports>();
        services.AddSingleton<WaitingJobs>();
        services.AddSingleton<ExportSizes>();
        services.AddSingleton<CallerLimit>();
        services.AddSingleton(provider => new ExportTurns(
            provider.GetRequiredService<ExportProcessor>(),
            provider.GetRequiredService<IExportJobStore>(),
            provider.GetRequiredService<IExportQueue>(),
            provider.GetRequiredService<WaitingJobs>(),
            provider.GetRequiredService<ExportSizes>(),
            provider.GetRequiredService<LargeExports>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ExportTurns>>()));
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
        services.AddSingleton<ISliceFiles>(provider => provider.GetRequiredService<BlobExportFileStore>());
        services.AddSingleton<ISliceStore, TableSliceStore>();
        services.AddSingleton<ISliceQueue, SliceQueue>();
        services.AddSingleton<SliceWriting>();
        services.AddSingleton<SlicePartitioning>();
        services.AddSingleton<SliceJoining>();
        services.AddSingleton<SlicedFileMaker>();
        services.AddSingleton<SliceRemoval>();
        services.AddSingleton<IExportFollowUp>(provider => provider.GetRequiredService<SliceRemoval>());
        services.AddSingleton<IExportRemnants>(provider => provider.GetRequiredService<SliceRemoval>());
        services.AddSingleton(provider => new SliceProcessor(
            provider.GetRequiredService<ISliceStore>(),
            provider.GetRequiredService<IExportJobStore>(),
            provider.GetRequiredService<SliceWriting>(),
            provider.GetRequiredService<ISliceFiles>(),
            provider.GetRequiredService<ISliceQueue>(),
            provider.GetRequiredService<DatasetCatalog>(),
            provider.GetRequiredService<IOptions<ExportOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SliceProcessor>>()));
    }

    private static string HostNameOf(IConfiguration configuration, ExportOptions options) =>
        InstanceIds.Select(name => configuration[name])
            .FirstOrDefault(instance => instance is { Length: > 0 and <= 128 }) ?? options.HostName;
}
