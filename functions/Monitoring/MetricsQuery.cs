using System.Globalization;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Reading;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Reads which records are requested.</summary>
internal static class MetricsQuery
{
    public static RecordQuery Read(IQueryCollection query, RequestNames names, NameFilters filters, FieldErrors errors)
    {
        var (from, to) = InstantQuery.ReadWindow(query, errors);
        return new()
        {
            From = from,
            To = to,
            Dataset = filters.Dataset(query, names, errors),
            Format = filters.Format(query, names, errors),
            Outcome = AttemptOutcomes.TryParse(
                PageQuery.Choose(query, "outcome", [.. AttemptOutcomes.Names], errors), out var outcome) ? outcome : null,
        };
    }

    /// <summary>Where the previous page ended; null for the first.</summary>
    public static RecordPlace? ReadPlace(IQueryCollection query, FieldErrors errors)
    {
        if (PageQuery.ReadToken(query, errors) is not { } token)
            return null;

        var parts = token.Split('-', ' ');
        if (parts.Length == 3
            && DateOnly.TryParseExact(parts[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var part) && part >= 1
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return new RecordPlace(day, part, offset);

        errors.Add(PageQuery.Token, PageQuery.TokenExpected);
        return null;
    }

    public static string? TokenOf(RecordPlace? place) =>
        PageQuery.Encode(
            place is null ? null : string.Create(CultureInfo.InvariantCulture, $"{place.Day:yyyyMMdd}-{place.Part} {place.Offset}"));
}
