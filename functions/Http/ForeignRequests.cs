using System.Net;
using ExportFunctions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Functions.Http;

/// <summary>
/// Detects requests that another site's page makes a browser send to an app that requires no key and so would execute them: those with
/// another page's <c>Origin</c>, and those to a host name that isn't the app's, as after DNS rebinding.
/// </summary>
/// <param name="options">Which requests are accepted.</param>
public sealed class ForeignRequests(IOptions<HttpOptions> options)
{
    private const string Loopback = "localhost";

    /// <summary>The response to a foreign request; null when it isn't one.</summary>
    /// <param name="request">The request.</param>
    public IResult? Refuse(HttpRequest request) => Refuse(request, request.Host);

    /// <summary>The response to a foreign request that another host passed on; null when it isn't one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="host">The host named by the caller.</param>
    internal IResult? Refuse(HttpRequest request, HostString host) => ProblemOf(request, host)?.ToResult();

    private Problem? ProblemOf(HttpRequest request, HostString host)
    {
        if (!IsOwn(host.Host))
            return ProblemCatalog.ForeignHost(host.Host);

        if (request.Headers.Origin is { Count: > 0 } origin)
            return IsAllowed(origin.ToString(), host) ? null : ProblemCatalog.ForeignOrigin(origin.ToString());

        return IsCrossSite(request) ? ProblemCatalog.ForeignOrigin(origin: null) : null;
    }

    // Rebinding needs a host name of the attacker's: a request with an IP address, or with no host at all, can't come from it.
    private bool IsOwn(string host) =>
        host.Length == 0
        || host.Equals(Loopback, StringComparison.OrdinalIgnoreCase)
        || host.EndsWith("." + Loopback, StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host, out _)
        || host.Equals(options.Value.PublicUrl?.Host, StringComparison.OrdinalIgnoreCase)
        || options.Value.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private bool IsAllowed(string origin, HostString host) =>
        options.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || origin.Equals(options.Value.PublicUrl?.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        || (HttpOptions.IsOrigin(origin) && new Uri(origin) is var url && IsSameAuthority(url, host));

    private static bool IsSameAuthority(Uri origin, HostString host) =>
        origin.Host.Trim('[', ']').Equals(host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && origin.Port == (host.Port ?? (origin.Scheme == Uri.UriSchemeHttps ? 443 : 80));

    // Browsers send no Origin with images, scripts and the like, but do send Sec-Fetch-Site. Following a link does no harm.
    private static bool IsCrossSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
        && !((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers["Sec-Fetch-Mode"] == "navigate");
}
