using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Exports;

/// <summary>Reads the query string of a list.</summary>
internal static class ExportListQuery
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 500;
    private static readonly string[] InstantForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static ExportJobQuery Read(IQueryCollection query, RequestNames names, FieldErrors errors) => new()
    {
        Status = ReadStatus(Text(query, "status"), errors),
        Dataset = Text(query, names.Preferred("dataset")) ?? Text(query, "dataset"),
        Format = Text(query, names.Preferred("format")) ?? Text(query, "format"),
        From = ReadInstant(query, "from", errors),
        To = ReadInstant(query, "to", errors),
        PageSize = ReadPageSize(Text(query, "pageSize"), errors),
        ContinuationToken = Decode(Text(query, "continuationToken"), errors),
    };

    /// <summary>The store's token in a form that survives a query string.</summary>
    public static string? Encode(string? token) => token is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));

    private static string? Text(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;

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
        if (Text(query, name) is not { } text)
            return null;

        // A plus sign of an offset that was not escaped arrives as a space. Exact forms only: a time alone would be today's, 09/01 a guess.
        if (DateTimeOffset.TryParseExact(text.Replace(' ', '+'), InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
            return instant;

        errors.Add(name, "Must be a date or time in ISO 8601, such as 2026-09-01 or 2026-09-01T08:30:00Z.");
        return null;
    }

    private static int ReadPageSize(string? text, FieldErrors errors)
    {
        if (text is null)
            return DefaultPageSize;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= MaxPageSize)
            return size;

        errors.Add("pageSize", $"Must be a whole number from 1 to {MaxPageSize}.");
        return DefaultPageSize;
    }

    private static string? Decode(string? text, FieldErrors errors)
    {
        if (text is null)
            return null;

        try
        {
            // The store's token is two keys with a space between, the second empty where a partition begins; anything else would fail
            // there, without a field's name.
            var token = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
            if (token.Split(' ') is [{ Length: > 0 }, _])
                return token;
        }
        catch (FormatException)
        {
            // Said below.
        }

        errors.Add("continuationToken", "Must be the continuationToken of an earlier answer, unchanged.");
        return null;
    }
}
