using System.Globalization;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Exports;

/// <summary>Reads the query string of a list.</summary>
internal static class ExportListQuery
{
    private static readonly string[] InstantForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static ExportJobQuery Read(IQueryCollection query, RequestNames names, FieldErrors errors) => new()
    {
        Status = ReadStatus(PageQuery.Text(query, "status"), errors),
        Dataset = PageQuery.Text(query, names.Preferred("dataset")) ?? PageQuery.Text(query, "dataset"),
        Format = PageQuery.Text(query, names.Preferred("format")) ?? PageQuery.Text(query, "format"),
        From = ReadInstant(query, "from", errors),
        To = ReadInstant(query, "to", errors),
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

    private static DateTimeOffset? ReadInstant(IQueryCollection query, string name, FieldErrors errors)
    {
        if (PageQuery.Text(query, name) is not { } text)
            return null;

        // A plus sign of an offset that was not escaped arrives as a space. Exact forms only: a time alone would be today's, 09/01 a guess.
        if (DateTimeOffset.TryParseExact(text.Replace(' ', '+'), InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
            return instant;

        errors.Add(name, "Must be a date or time in ISO 8601, such as 2026-09-01 or 2026-09-01T08:30:00Z.");
        return null;
    }
}
