using System.Security.Cryptography;
using System.Text;
using ExportFunctions.Exports.Jobs;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Exports;

/// <summary>
/// Tells callers apart, so that they take turns: by the key they give and the address they call from. Neither is kept, only a hash of both.
/// </summary>
internal static class ExportCallers
{
    private const int HashBytes = 16;

    /// <summary>Who asks.</summary>
    /// <param name="request">The request.</param>
    public static ExportCaller Of(HttpRequest request)
    {
        var key = request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{AddressOf(request)}"));
        return new ExportCaller(Convert.ToHexStringLower(hash.AsSpan(0, HashBytes)));
    }

    // The last address is the one that the nearest proxy, on Azure the platform's, saw itself.
    private static string AddressOf(HttpRequest request)
    {
        var forwarded = request.Headers["X-Forwarded-For"].ToString();
        if (forwarded.Length == 0)
            return request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";

        var last = forwarded[(forwarded.LastIndexOf(',') + 1)..].Trim();
        var port = last.LastIndexOf(':');
        return port > 0 && (last.IndexOf(':', StringComparison.Ordinal) == port || last[port - 1] == ']') ? last[..port] : last;
    }
}
