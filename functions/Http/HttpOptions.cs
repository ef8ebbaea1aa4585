using System.ComponentModel.DataAnnotations;

namespace ExportFunctions.Functions.Http;

/// <summary>Section <c>Http</c>: which requests are accepted, and how many are served.</summary>
public sealed class HttpOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Http";

    /// <summary>
    /// Host names that requests may use when no key is required, besides <c>localhost</c>, IP addresses and the host of <c>PUBLIC_URL</c>;
    /// none by default.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Origins whose pages may call the app, such as <c>https://portal.example.org</c>; none by default.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];

    /// <summary>The number of event streams a host serves at a time, 1 to 100,000; further ones get a 429.</summary>
    [Range(1, 100_000, ErrorMessage = "Http:MaxEventStreams must be from 1 to 100000.")]
    public int MaxEventStreams { get; set; } = 500;

    /// <summary>The public address of the app, from <c>PUBLIC_URL</c>: its host and origin are the app's own.</summary>
    internal Uri? PublicUrl { get; set; }

    /// <summary>True when a text is an origin as browsers send it: only a scheme and an authority.</summary>
    internal static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>True when a text is a host name, without scheme and port.</summary>
    internal static bool IsHost(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown;
}
