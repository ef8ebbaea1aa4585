using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Exports;

/// <summary>Reads the query string of a list.</summary>
internal static class ExportListQuery
{
    private static readonly string[] Statuses = [.. Enum.GetValues<ExportStatus>().Select(ExportStatuses.Name)];

    public static ExportJobQuery Read(IQueryCollection query, RequestNames names, NameFilters filters, FieldErrors errors)
    {
        var (from, to) = InstantQuery.ReadWindow(query, errors);
        return new()
        {
            Status = ExportStatuses.TryParse(PageQuery.Choose(query, "status", Statuses, errors), out var status) ? status : null,
            Dataset = filters.Dataset(query, names, errors),
            Format = filters.Format(query, names, errors),
            From = from,
            To = to,
            PageSize = PageQuery.ReadSize(query, errors),
            ContinuationToken = PageQuery.ReadToken(query, errors),
        };
    }
}
