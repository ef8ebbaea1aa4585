using ExportFunctions.Datasets;
using ExportFunctions.Exports.Hosts;
using ExportFunctions.Exports.Jobs;
using Microsoft.Extensions.Logging;

namespace ExportFunctions.Exports.Slices;

/// <summary>Passes slices on to hosts that serve the datasets their export was partitioned with.</summary>
internal sealed partial class ForeignSlices(DatasetCatalog datasets, ISliceQueue queue, ILogger<ForeignSlices> logger)
{
    /// <summary>
    /// Whether the slice's export was partitioned with datasets other than this host's: the worker that holds the export, or a host with
    /// the same datasets, then writes the slice.
    /// </summary>
    public bool IsOthers(Slice slice, ExportJob job) => slice.CheckedAgainst is { } key
        ? datasets.FindIdentity(job.Dataset)?.Key != key
        : job.CheckedAgainst is { } checkedAgainst && !JobPlacement.MayRead(datasets, checkedAgainst);

    /// <summary>Sends a slice's message again with a delay.</summary>
    public async Task PassOnAsync(SliceMessage message, CancellationToken cancellationToken)
    {
        Log.PassedOn(logger, message.JobId, message.Number);
        await queue.SendLaterAsync(
            message.PassedOn(), PassingPause.After(message.Passed, isServed: true), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(
            5, LogLevel.Information, "Export {ExportId}, slice {Slice}: left to a host that serves what the export was partitioned by.")]
        public static partial void PassedOn(ILogger logger, Guid exportId, int slice);
    }
}
