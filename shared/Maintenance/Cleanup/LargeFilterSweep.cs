using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Schedules;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>
/// Removes separately stored filters that no record references: those of swept jobs, of replaced schedules, and of requests interrupted
/// before their record was written.
/// </summary>
internal sealed class LargeFilterSweep(ILargeFilters filters, IExportJobStore jobs, IScheduleStore schedules)
{
    /// <summary>Sweeps the filters stored before an instant.</summary>
    /// <param name="instant">The instant; a request that is being accepted is more recent.</param>
    /// <param name="action">The action to take on them.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of filters.</returns>
    public async Task<int> RunAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken)
    {
        var swept = 0;
        await foreach (var filter in filters.ListBeforeAsync(instant, cancellationToken))
        {
            if (await IsReferredToAsync(filter, cancellationToken))
                continue;

            if (action == SweepAction.Remove)
                await filters.RemoveAsync(filter, cancellationToken);
            swept++;
        }

        return swept;
    }

    private async Task<bool> IsReferredToAsync(KeptFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            return string.Equals(await NameOfAsync(filter.Owner, cancellationToken), filter.Name, StringComparison.Ordinal);
        }
        catch (UnreadableRecordException)
        {
            // A record that can't be read may reference it.
            return true;
        }
    }

    /// <summary>The name under which an owner's record references it.</summary>
    private async Task<string?> NameOfAsync(FilterOwner owner, CancellationToken cancellationToken) => owner.Kind switch
    {
        FilterOwnerKind.Job => await jobs.FindAsync(owner.Id, cancellationToken) is { } job ? SplitRequest.NameOf(job.RequestJson) : null,
        FilterOwnerKind.Schedule => (await schedules.FindAsync(owner.Id, cancellationToken))?.LargeFilter,
        _ => throw new ArgumentOutOfRangeException(nameof(owner)),
    };
}
