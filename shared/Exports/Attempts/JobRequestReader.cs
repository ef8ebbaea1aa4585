using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Filters;
using ExportFunctions.Exports.Hosts;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Attempts;

/// <summary>
/// Reads stored requests when their exports run and validates them against the current dataset definitions: a missing column fails the job
/// with its name. A request for all columns gets those that existed when it was made, and a job never reads from a different source than it
/// was accepted for.
/// </summary>
internal sealed class JobRequestReader(ExportRequestReader requests, ILargeFilters filters)
{
    /// <summary>The request of a job.</summary>
    /// <param name="job">The job.</param>
    /// <exception cref="ExportFailureException">The job can no longer be run.</exception>
    public async Task<ExportRequest> OfAsync(ExportJob job, CancellationToken cancellationToken)
    {
        // A job for another host should have been passed on before this point: this is the last check.
        if (job.CheckedAgainst is { } checkedAgainst && !JobPlacement.MayRead(requests.Datasets, checkedAgainst))
            throw ExportFailureException.Transient("dataset_elsewhere", $"This host does not serve {checkedAgainst.InWords}.");

        var json = await WholeAsync(job, cancellationToken);
        var errors = new FieldErrors();
        if (requests.ReadStored(json, errors) is { } request)
            return request.IsOfAllColumns && job.AllColumns.Count > 0
                ? request with { Rows = request.Rows with { Columns = ColumnsOf(job, request.Rows.Dataset) } }
                : request;

        var first = errors.ByField.First();
        throw Outdated(first.Key, first.Value[0]);
    }

    private async Task<string> WholeAsync(ExportJob job, CancellationToken cancellationToken)
    {
        const string Missing = "The filter of the export, kept apart because of its size, is gone or damaged. Ask for the export again.";
        try
        {
            return await filters.WholeAsync(FilterOwner.OfJob(job.Id), job.RequestJson, cancellationToken)
                ?? throw ExportFailureException.Permanent("request_missing", Missing);
        }
        catch (InvalidDataException exception)
        {
            throw ExportFailureException.Permanent("request_missing", Missing, exception);
        }
    }

    private static List<DatasetColumn> ColumnsOf(ExportJob job, Dataset dataset) =>
        [.. job.AllColumns.Select(name => dataset.FindColumn(name) ?? throw Outdated("columns", UnknownColumn.Message(name, dataset)))];

    private static ExportFailureException Outdated(string field, string message) =>
        ExportFailureException.Permanent("request_outdated", $"The dataset has changed since the export was asked for. {field}: {message}");

    /// <summary>The file layout for a request.</summary>
    public static FileLayout LayoutOf(ExportJob job, ExportRequest request, long rowsExpected) => new()
    {
        Title = request.Options.Title ?? request.Rows.Dataset.Title,
        Columns = request.Rows.Columns,
        RowsExpected = rowsExpected,
        CreatedAt = job.CreatedAt,
        TimeZone = request.Options.TimeZone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : TimeZoneInfo.Utc,
        FilterInWords = request.Rows.Filter is { } filter ? FilterWords.Describe(
            filter, request.Options.Language == PageLanguage.El ? FilterVocabulary.Greek : FilterVocabulary.English) : null,
        Sort = request.Rows.Sort,
        KeyColumns = [.. request.Rows.Dataset.Key.Select(column => column.Name)],
        LogoFile = request.Rows.Dataset.Logo,
        Options = request.Options,
    };
}
