using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Files;
using ExportFunctions.Exports.Jobs;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Processing;

/// <summary>
/// Runs one attempt of a claimed job: adopts a file that an earlier attempt published, or makes and publishes one, writes its manifest and
/// records the success.
/// </summary>
internal sealed partial class AttemptRun(
    JobLeases leases,
    FilePublishing publishing,
    JobCompletion completion,
    UnfinishedAttempts unfinished,
    LargeExports large,
    ILogger<AttemptRun> logger)
{
    /// <summary>Runs the attempt to its end.</summary>
    /// <param name="job">The job, claimed.</param>
    /// <param name="cancellationToken">The host's shutdown, or its function timeout.</param>
    /// <exception cref="Azure.RequestFailedException">
    /// The attempt's outcome could not be stored; the message returns to the queue.
    /// </exception>
    /// <exception cref="OperationCanceledException">The host is shutting down; the job has been requeued.</exception>
    public async Task RunAsync(ExportJob job, CancellationToken cancellationToken)
    {
        using var scope = Log.Attempt(logger, job.Id, job.Attempt);
        Log.Started(logger, job.Id, job.Attempt, job.Dataset, job.Format);
        await using var lease = leases.Hold(job, cancellationToken);
        large.Enter(lease);
        try
        {
            if ((await publishing.FindEarlierAsync(job, lease.Stopping) ?? await publishing.MakeAsync(job, lease)) is { } published)
            {
                await CompleteAsync(job, published, lease);
                return;
            }
        }
        catch (Exception exception)
        {
            var stopped = await lease.CloseAsync();
            if (!await unfinished.EndAsync(stopped, lease.End, exception, cancellationToken))
                throw;
            return;
        }
        finally
        {
            large.Leave(lease);
        }

        await unfinished.RequeueAsync(await lease.CloseAsync());
    }

    private async Task CompleteAsync(ExportJob job, PublishedFile published, JobLease lease)
    {
        await publishing.WriteManifestAsync(job, published, lease);
        if (await completion.SucceedAsync(await lease.CloseAsync(), published) is { Status: ExportStatus.Canceled })
            Log.Canceled(logger, job.Id, published.Rows);
        else
            Log.Succeeded(logger, job.Id, job.Attempt, published.Rows, published.Bytes);
    }

    private static partial class Log
    {
        // Everything logged during the attempt, by any component, carries the export's id and the attempt number.
        public static readonly Func<ILogger, Guid, int, IDisposable?> Attempt =
            LoggerMessage.DefineScope<Guid, int>("Export {ExportId}, attempt {Attempt}");

        [LoggerMessage(2, LogLevel.Information, "Export {ExportId}, attempt {Attempt}: {Dataset} as {Format}.")]
        public static partial void Started(ILogger logger, Guid exportId, int attempt, string dataset, string format);

        [LoggerMessage(3, LogLevel.Information, "Export {ExportId}, attempt {Attempt}: {Rows} rows, {Bytes} bytes published.")]
        public static partial void Succeeded(ILogger logger, Guid exportId, int attempt, long rows, long bytes);

        [LoggerMessage(4, LogLevel.Information, "Export {ExportId} canceled after {Rows} rows.")]
        public static partial void Canceled(ILogger logger, Guid exportId, long rows);
    }
}
