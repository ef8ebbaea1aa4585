using System.Globalization;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Http;

/// <summary>Reads dates and times from a query string.</summary>
internal static class InstantQuery
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a date or time; null when it is missing or invalid. An invalid one is reported.</summary>
    public static DateTimeOffset? Read(IQueryCollection query, string name, FieldErrors errors)
    {
        if (PageQuery.Text(query, name) is not { } text)
            return null;

        // The plus sign of an offset arrives as a space if it was not escaped. Only exact forms are accepted: a time alone would mean
        // today's, and 09/01 is ambiguous.
        if (DateTimeOffset.TryParseExact(
            text.Replace(' ', '+'),
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant))
            return instant;

        errors.Add(name, "Must be a date or time in ISO 8601, such as 2026-09-01 or 2026-09-01T08:30:00Z.");
        return null;
    }

    /// <summary>Reads two instants that bound a list: at or after the first, and before the second.</summary>
    public static (DateTimeOffset? From, DateTimeOffset? To) ReadWindow(IQueryCollection query, FieldErrors errors)
    {
        var (from, to) = (Read(query, "from", errors), Read(query, "to", errors));
        if (from >= to)
            errors.Add("to", "Must be after from; as it is, nothing would be listed.");

        return (from, to);
    }

    /// <summary>Reads a date; null when it is missing or invalid. An invalid one is reported.</summary>
    public static DateOnly? ReadDay(IQueryCollection query, string name, FieldErrors errors)
    {
        if (PageQuery.Text(query, name) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 2000 and < 9000)
            return day;

        errors.Add(name, "Must be a date in ISO 8601, such as 2026-09-01.");
        return null;
    }
}
