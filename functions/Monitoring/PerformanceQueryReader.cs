using System.Globalization;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Functions.Http;
using ExportFunctions.Monitoring.Performance;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Monitoring;

/// <summary>
/// Reads which window to aggregate: <c>days</c> up to today, or whole days <c>from</c> one until before another, <c>to</c>.
/// </summary>
internal static class PerformanceQueryReader
{
    public static PerformanceQuery Read(IQueryCollection query, RequestNames names, NameFilters filters, DateOnly today, FieldErrors errors)
    {
        var days = PageQuery.ReadNumber(query, "days", PerformanceQuery.MaxDays, PerformanceQuery.DefaultDays, errors);
        var (given, end) = (InstantQuery.ReadDay(query, "from", errors), InstantQuery.ReadDay(query, "to", errors));
        if (given is not null && PageQuery.Text(query, "days") is not null)
            errors.Add("days", "Give days or from, not both: from=2026-09-01&to=2026-09-08 is a week.");

        var to = end ?? (given is { } first && first > today ? first.AddDays(1) : today.AddDays(1));
        var from = given ?? to.AddDays(-days);
        if (from >= to)
            errors.Add("to", "Must be a day after from; it is not included: from=2026-09-01&to=2026-09-08 is a week.");
        else if (to.DayNumber - from.DayNumber > PerformanceQuery.MaxDays)
            errors.Add(
                "from",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The window may have at most {PerformanceQuery.MaxDays} days. Give a later from, such as"
                        + $" {to.AddDays(-PerformanceQuery.MaxDays):yyyy-MM-dd}."));

        return new PerformanceQuery(from, to, filters.Dataset(query, names, errors), Format: null);
    }
}
