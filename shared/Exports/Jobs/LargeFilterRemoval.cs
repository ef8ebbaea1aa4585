using ExportFunctions.Exports.Requests;

namespace ExportFunctions.Exports.Jobs;

/// <summary>Removes the separately stored filter of a deleted export.</summary>
internal sealed class LargeFilterRemoval(ILargeFilters filters) : IExportRemnants
{
    public Task RemoveAsync(ExportJob job, CancellationToken cancellationToken) => SplitRequest.NameOf(job.RequestJson) is { } name
        ? filters.RemoveAsync(new KeptFilter(FilterOwner.OfJob(job.Id), name), cancellationToken)
        : Task.CompletedTask;
}
