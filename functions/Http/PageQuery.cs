using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Http;

/// <summary>Reads which page of a list is requested.</summary>
internal static class PageQuery
{
    public const string Token = "continuationToken";
    public const string TokenExpected = "Must be the continuationToken of an earlier answer, unchanged.";

    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 500;
    private const int MaxTokenLength = 4_096;

    public static int ReadSize(IQueryCollection query, FieldErrors errors) =>
        ReadNumber(query, "pageSize", MaxPageSize, DefaultPageSize, errors);

    public static int ReadNumber(IQueryCollection query, string name, int max, int otherwise, FieldErrors errors)
    {
        if (Text(query, name) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max)
            return number;

        errors.Add(name, FieldMessages.WholeNumber(1, max, otherwise.ToString(CultureInfo.InvariantCulture)));
        return otherwise;
    }

    public static string? ReadToken(IQueryCollection query, FieldErrors errors)
    {
        if (Text(query, Token) is not { } text)
            return null;

        try
        {
            // The store's token is two keys separated by a space, the second empty at the start of a partition; anything else would fail in
            // the store, with no field name.
            var token = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
            var isText = token.Length <= MaxTokenLength && token.All(sign => char.IsAscii(sign) && !char.IsControl(sign));
            if (isText && token.Split(' ') is [{ Length: > 0 }, _])
                return token;
        }
        catch (FormatException)
        {
            // Reported below.
        }

        errors.Add(Token, TokenExpected);
        return null;
    }

    /// <summary>Reads one of several names, in any case; null when it is missing or unknown. An unknown one is reported.</summary>
    public static string? Choose(IQueryCollection query, string name, IReadOnlyList<string> known, FieldErrors errors)
    {
        if (Text(query, name) is not { } text)
            return null;
        if (known.FirstOrDefault(item => string.Equals(item, text, StringComparison.OrdinalIgnoreCase)) is { } found)
            return found;

        errors.Add(name, FieldMessages.NotOneOf(text, known));
        return null;
    }

    /// <summary>Reads true or false; null when it is missing or invalid. An invalid value is reported.</summary>
    public static bool? ReadFlag(IQueryCollection query, string name, FieldErrors errors)
    {
        if (Text(query, name) is not { } text)
            return null;
        if (bool.TryParse(text, out var flag))
            return flag;

        errors.Add(name, FieldMessages.Flag());
        return null;
    }

    /// <summary>The store's token in a form that survives a query string.</summary>
    public static string? Encode(string? token) => token is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));

    /// <summary>A parameter's text; null when it is missing or empty.</summary>
    public static string? Text(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;
}
