using System.Net.Mail;
using System.Text;
using ExportFunctions.Datasets;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Makes hyperlink addresses from the texts of a column: web pages and e-mail addresses, and nothing executable.</summary>
internal static class LinkAddress
{
    // RFC 5321, 4.5.3.1.3: a path of 256 characters, its angle brackets included.
    private const int MaxEmailLength = 254;

    /// <summary>The address of a text; null when the text is none.</summary>
    /// <param name="link">What the column's texts are.</param>
    /// <param name="utf8">The text.</param>
    public static string? Of(ColumnLink link, ReadOnlySpan<byte> utf8)
    {
        // Longer in any case than the limits below allow.
        if (utf8.Length > XlsxLimits.MaxHyperlinkText * 4)
            return null;

        var text = Encoding.UTF8.GetString(utf8).Trim();
        var address = link == ColumnLink.Email ? Email(text) : Web(text);
        return address?.Length <= XlsxLimits.MaxHyperlinkText ? address : null;
    }

    private static string? Email(string text)
    {
        if (text.Length > MaxEmailLength || !MailAddress.TryCreate(text, out var address) || address.Address != text)
            return null;

        return $"mailto:{Uri.EscapeDataString(address.User)}@{Uri.EscapeDataString(address.Host)}";
    }

    private static string? Web(string text)
    {
        var whole = text.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? "http://" + text : text;
        return Uri.TryCreate(whole, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.IdnHost.Length > 0
            ? uri.GetComponents(UriComponents.AbsoluteUri, UriFormat.UriEscaped)
            : null;
    }
}
