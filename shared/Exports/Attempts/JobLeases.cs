using ExportFunctions.Exports.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Attempts;

/// <summary>Holds the jobs that this host runs.</summary>
internal sealed class JobLeases(IExportJobStore jobs, IOptions<ExportOptions> options, TimeProvider time, ILogger<JobLease> logger)
{
    /// <summary>Begins to hold a job that was claimed, until the lease is closed.</summary>
    /// <param name="job">The job, claimed.</param>
    /// <param name="cancellationToken">The host's shutdown, or its limit on a function's time.</param>
    public JobLease Hold(ExportJob job, CancellationToken cancellationToken) =>
        new(job, jobs, options.Value, time, logger, cancellationToken);
}
