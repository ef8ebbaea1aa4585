using System.Text;

namespace ExportFunctions.Notifications.Webhooks.Payloads;

/// <summary>Escapes values for Slack and Teams messages.</summary>
internal static class ChatText
{
    // Slack allows 2,000 characters per field, and an escaped one counts as up to five.
    private const int MaxLength = 300;

    /// <summary>The values of an event for a kind of chat. The link is left unchanged.</summary>
    public static Dictionary<string, string> ValuesFor(WebhookKind kind, IReadOnlyDictionary<string, string> values)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            texts[name] = name == "link" ? value : Escape(kind, Short(value));
        return texts;
    }

    /// <summary>Slack treats these three characters as markup: a value must not become a link or a mention of everybody.</summary>
    private static string Escape(WebhookKind kind, string value) => kind == WebhookKind.Slack
        ? new StringBuilder(value).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString()
        : value;

    private static string Short(string value)
    {
        if (value.Length <= MaxLength)
            return value;

        var end = char.IsHighSurrogate(value[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return value[..end] + "…";
    }
}
