using System.Security.Cryptography;
using System.Text;
using Azure;
using Microsoft.Extensions.Primitives;

namespace ExportFunctions.Functions.Http;

/// <summary>Entity tags of answers. The store's own tag holds a timestamp; callers get its hash.</summary>
internal static class EntityTags
{
    public static string Of(ETag stored) => $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored.ToString("H"))).AsSpan(0, 12))}\"";

    /// <summary>RFC 9110, 13.1.2: a weak comparison with each tag of the list, or a star.</summary>
    public static bool Matches(StringValues ifNoneMatch, string etag)
    {
        foreach (var value in ifNoneMatch)
        {
            foreach (var candidate in (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var tag = candidate.StartsWith("W/", StringComparison.Ordinal) ? candidate[2..] : candidate;
                if (tag is "*" || string.Equals(tag, etag, StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }
}
