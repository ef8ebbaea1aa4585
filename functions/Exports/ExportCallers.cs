using System.Security.Cryptography;
using System.Text;
using ExportFunctions.Exports.Jobs;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Functions.Exports;

/// <summary>
/// Identifies callers, so that they take turns: by their key and the address they call from. Neither is stored, only a hash of both.
/// </summary>
internal static class ExportCallers
{
    private const int HashBytes = 16;

    /// <summary>The caller of a request.</summary>
    /// <param name="request">The request.</param>
    public static ExportCaller Of(HttpRequest request)
    {
        var key = request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{AddressOf(request)}"));
        return new ExportCaller(Convert.ToHexStringLower(hash.AsSpan(0, HashBytes)));
    }

    // The last address is the one seen by the nearest proxy, which on Azure is the platform's.
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
