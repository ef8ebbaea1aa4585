using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Exports;

/// <summary>Reads the query string of a list.</summary>
internal static class ExportListQuery
{
    public static ExportJobQuery Read(IQueryCollection query, RequestNames names, FieldErrors errors) => new()
    {
        Status = ReadStatus(PageQuery.Text(query, "status"), errors),
        Dataset = PageQuery.Text(query, names.Preferred("dataset")) ?? PageQuery.Text(query, "dataset"),
        Format = PageQuery.Text(query, names.Preferred("format")) ?? PageQuery.Text(query, "format"),
        From = InstantQuery.Read(query, "from", errors),
        To = InstantQuery.Read(query, "to", errors),
        PageSize = PageQuery.ReadSize(query, errors),
        ContinuationToken = PageQuery.ReadToken(query, errors),
    };

    private static ExportStatus? ReadStatus(string? text, FieldErrors errors)
    {
        if (text is null)
            return null;
        if (ExportStatuses.TryParse(text, out var status))
            return status;

        errors.Add("status", $"Must be one of {string.Join(", ", Enum.GetValues<ExportStatus>().Select(ExportStatuses.Name))}.");
        return null;
    }
}
