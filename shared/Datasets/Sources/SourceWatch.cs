using ExportFunctions.Outages;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Reports the results of calls to sources to <see cref="OutageLog"/>: whether they can't be reached, or answer.</summary>
/// <param name="outages">The log.</param>
internal sealed class SourceWatch(OutageLog outages)
{
    /// <summary>Makes a call to a source, and reports the result.</summary>
    /// <param name="source">The source.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="ExportFailureException">Rethrown from the call.</exception>
    public async Task<T> WatchAsync<T>(DataSource source, Func<Task<T>> call)
    {
        try
        {
            var result = await call();
            outages.Answered(OutsidePart.Source, source.Name);
            return result;
        }
        catch (ExportFailureException exception)
        {
            if (OutageFaults.IsOutage(exception))
                outages.Failed(OutsidePart.Source, source.Name, OutageFaults.ReasonOf(exception));
            else
                outages.Answered(OutsidePart.Source, source.Name);
            throw;
        }
    }
}
