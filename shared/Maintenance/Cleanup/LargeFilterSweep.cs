using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Schedules;
using ExportFunctions.Storage;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>
/// Removes filters that are kept apart and that no record refers to: those of swept jobs, of replaced schedules, and of requests that were
/// cut off before their record.
/// </summary>
internal sealed class LargeFilterSweep(ILargeFilters filters, IExportJobStore jobs, IScheduleStore schedules)
{
    /// <summary>Sweeps the filters that are kept since before an instant.</summary>
    /// <param name="instant">The instant; a request that is being accepted is younger.</param>
    /// <param name="action">What is done with them.</param>
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
            // A record that can't be read may refer to it.
            return true;
        }
    }

    /// <summary>The name that an owner's record refers to.</summary>
    private async Task<string?> NameOfAsync(FilterOwner owner, CancellationToken cancellationToken) => owner.Kind switch
    {
        FilterOwnerKind.Job => await jobs.FindAsync(owner.Id, cancellationToken) is { } job ? SplitRequest.NameOf(job.RequestJson) : null,
        FilterOwnerKind.Schedule => (await schedules.FindAsync(owner.Id, cancellationToken))?.LargeFilter,
        _ => throw new ArgumentOutOfRangeException(nameof(owner)),
    };
}
