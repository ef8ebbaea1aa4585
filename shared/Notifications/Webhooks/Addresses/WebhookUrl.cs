using System.Globalization;
using System.Net;
using ExportFunctions.Problems;

namespace ExportFunctions.Notifications.Webhooks.Addresses;

/// <summary>Validates webhook addresses when they are saved. What a name resolves to is checked on each call.</summary>
public sealed class WebhookUrl(AddressRules rules)
{
    /// <summary>The maximum length of an address.</summary>
    public const int MaxLength = 2000;

    /// <summary>What an address must be.</summary>
    internal static readonly string Expected =
        string.Create(CultureInfo.InvariantCulture, $"Must be an https address of at most {MaxLength} characters, {Example}.");

    private const string Example = "such as \"https://hooks.example.org/exports\"";

    /// <summary>Validates an address.</summary>
    /// <param name="text">The address.</param>
    /// <param name="errors">Receives the errors, under <c>url</c>.</param>
    public Uri? Read(string text, FieldErrors errors)
    {
        if (text.Length > MaxLength || text.Any(sign => char.IsControl(sign) || char.IsWhiteSpace(sign) || sign == '\\')
            || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
            errors.Add("url", Expected);
        else if (url.UserInfo.Length > 0 || Authority(text).Contains('@'))
            errors.Add("url", $"Must not hold a user's name or password, {Example}. Receivers know the app by its signature.");
        else if (url.Fragment.Length > 0)
            errors.Add("url", $"Must not have a fragment (#…), which is never sent, {Example}.");
        else if (Problem(url) is { } problem)
            errors.Add("url", problem);
        else
            return url;

        return null;
    }

    /// <summary>The part before the path, as written: parsing drops an empty user name.</summary>
    private static ReadOnlySpan<char> Authority(string text)
    {
        var rest = text.AsSpan(text.IndexOf("://", StringComparison.Ordinal) + 3);
        var end = rest.IndexOfAny('/', '?', '#');
        return end < 0 ? rest : rest[..end];
    }

    private string? Problem(Uri url)
    {
        var literal = Literal(url);
        if (literal is not null && rules.Refuse(literal) is { } what)
            return $"Must not be an address that is {what}, unless Notifications:AllowedNetworks names its network; {Example}.";

        // What a name without TLS resolves to is only known when it is called.
        return url.Scheme == Uri.UriSchemeHttp && literal is not null && !rules.IsAllowed(literal)
            ? $"Must be an https address, {Example}; without TLS only networks are called that Notifications:AllowedNetworks names."
            : null;
    }

    /// <summary>
    /// The IP address that a host is written as, in any form that resolvers accept (<c>2130706433</c>, <c>0x7f.1</c>, <c>localhost</c>);
    /// null for a name.
    /// </summary>
    private static IPAddress? Literal(Uri url)
    {
        var host = url.IdnHost.Trim('[', ']').TrimEnd('.');
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return IPAddress.Loopback;

        return IPAddress.TryParse(host, out var address) ? address : null;
    }
}
