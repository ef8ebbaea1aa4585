using System.ComponentModel.DataAnnotations;

namespace ExportFunctions.Functions.Http;

/// <summary>Section <c>Http</c>: whose requests are taken, and how many are served.</summary>
public sealed class HttpOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Http";

    /// <summary>
    /// Host names that requests may give where no key is asked for, beside <c>localhost</c>, IP addresses and the host of
    /// <c>PUBLIC_URL</c>; none by default.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Origins whose pages may call the app, such as <c>https://portal.example.org</c>; none by default.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];

    /// <summary>Event streams that one host serves at a time, 1 to 100,000; further ones are answered with 429.</summary>
    [Range(1, 100_000, ErrorMessage = "Http:MaxEventStreams must be from 1 to 100000.")]
    public int MaxEventStreams { get; set; } = 500;

    /// <summary>Where people reach the app, from <c>PUBLIC_URL</c>: its host and origin are the app's own.</summary>
    internal Uri? PublicUrl { get; set; }

    /// <summary>True when a text is an origin as browsers send it: a scheme and an authority, and nothing more.</summary>
    internal static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>True when a text is a host's name, without scheme and port.</summary>
    internal static bool IsHost(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown;
}
