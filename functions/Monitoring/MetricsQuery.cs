using System.Globalization;
using ExportFunctions.Exports.Attempts;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Reading;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>Reads which records are asked for.</summary>
internal static class MetricsQuery
{
    public static RecordQuery Read(IQueryCollection query, RequestNames names, FieldErrors errors) => new()
    {
        From = InstantQuery.Read(query, "from", errors),
        To = InstantQuery.Read(query, "to", errors),
        Dataset = DatasetOf(query, names),
        Format = FormatOf(query, names),
        Outcome = ReadOutcome(PageQuery.Text(query, "outcome"), errors),
    };

    public static string? DatasetOf(IQueryCollection query, RequestNames names) => PageQuery.Text(query, names.Preferred("dataset")) ?? PageQuery.Text(query, "dataset");

    public static string? FormatOf(IQueryCollection query, RequestNames names) => PageQuery.Text(query, names.Preferred("format")) ?? PageQuery.Text(query, "format");

    /// <summary>Where the page before ended; null for the first.</summary>
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

        errors.Add("continuationToken", "Must be the continuationToken of an earlier answer, unchanged.");
        return null;
    }

    public static string? TokenOf(RecordPlace? place) =>
        PageQuery.Encode(place is null ? null : string.Create(CultureInfo.InvariantCulture, $"{place.Day:yyyyMMdd}-{place.Part} {place.Offset}"));

    private static AttemptOutcome? ReadOutcome(string? text, FieldErrors errors)
    {
        if (text is null)
            return null;
        if (AttemptOutcomes.TryParse(text, out var outcome))
            return outcome;

        errors.Add("outcome", $"Must be one of {string.Join(", ", AttemptOutcomes.Names)}.");
        return null;
    }
}
