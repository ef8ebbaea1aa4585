using System.Security.Cryptography;
using System.Text;
using Azure;
using Microsoft.Extensions.Primitives;

namespace ExportFunctions.Functions.Http;

/// <summary>Entity tags of responses. The store's own tag contains a timestamp; callers get its hash.</summary>
internal static class EntityTags
{
    public static string Of(ETag stored) =>
        $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored.ToString("H"))).AsSpan(0, 12))}\"";

    /// <summary>RFC 9110, 13.1.2: a weak comparison with each tag of the list, or a star.</summary>
    public static bool Matches(StringValues ifNoneMatch, string etag) =>
        Tags(ifNoneMatch).Any(tag => IsStarOr(etag, tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag));

    /// <summary>RFC 9110, 13.1.1: a strong comparison with each tag of the list, or a star. A weak tag never matches.</summary>
    public static bool Allows(StringValues ifMatch, string etag) => Tags(ifMatch).Any(tag => IsStarOr(etag, tag));

    private static bool IsStarOr(string etag, string tag) => tag is "*" || string.Equals(tag, etag, StringComparison.Ordinal);

    private static IEnumerable<string> Tags(StringValues header) =>
        header.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
