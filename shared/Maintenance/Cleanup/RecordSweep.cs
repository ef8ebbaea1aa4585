using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>Removes records whose own retention is over, and abandoned uploads.</summary>
internal sealed class RecordSweep(UploadSweep uploads, ExportRecordSweep exports, HistorySweep history, TimeProvider time)
{
    /// <summary>Runs the whole sweep once.</summary>
    /// <param name="action">The action to take on what is found.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    public async Task<CleanupCounts> RunAsync(SweepAction action, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var dropped = new CleanupCounts { UploadsDropped = await uploads.RunAsync(now, action, cancellationToken) };
        return dropped
            .Plus(await exports.RunAsync(now, action, cancellationToken))
            .Plus(await history.RunAsync(now, action, cancellationToken));
    }
}
