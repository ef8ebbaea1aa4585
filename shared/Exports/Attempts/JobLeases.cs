using ExportFunctions.Exports.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Attempts;

/// <summary>Creates the leases of the jobs this host runs.</summary>
internal sealed class JobLeases(IExportJobStore jobs, IOptions<ExportOptions> options, TimeProvider time, ILogger<JobLease> logger)
{
    /// <summary>Holds a claimed job until the lease is closed.</summary>
    /// <param name="job">The job, claimed.</param>
    /// <param name="cancellationToken">The host's shutdown, or its function timeout.</param>
    public JobLease Hold(ExportJob job, CancellationToken cancellationToken) =>
        new(job, jobs, options.Value, time, logger, cancellationToken);
}
