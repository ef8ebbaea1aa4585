using System.Globalization;
using System.Net.Mail;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Requests;

/// <summary>Reads the e-mail addresses to notify about an export, a schedule's runs, or a subscription.</summary>
public sealed class AddressListReader(IMailRules rules)
{
    private const int MaxAddresses = 20;

    // RFC 5321, 4.5.3.1.3: a path has at most 256 characters, two of them its angle brackets.
    private const int MaxLength = 254;

    /// <summary>Describes a valid list.</summary>
    internal static string Expected { get; } = FieldMessages.List(
        string.Create(CultureInfo.InvariantCulture, $"at most {MaxAddresses} e-mail addresses"), "[\"registrar@example.org\"]");

    /// <summary>Reads the addresses.</summary>
    /// <param name="fields">The request.</param>
    /// <param name="name">The list's name in it.</param>
    public IReadOnlyList<string> Read(JsonFields fields, string name)
    {
        if (fields.Items(name, minItems: 0, Expected) is not { } items)
            return [];
        if (items.Count > MaxAddresses)
            fields.Fail(name, Expected);

        var read = new List<string>();
        foreach (var (path, item) in items.Take(MaxAddresses))
        {
            if (JsonFields.TextOf(item) is not { } address || !IsAddress(address))
                fields.Errors.Add(path, "Must be an e-mail address, such as \"registrar@example.org\".");
            else if (!rules.Allows(address))
                fields.Errors.Add(path, $"Mails go to {string.Join(", ", rules.AllowedDomains)} only.");
            else if (read.Contains(address, StringComparer.OrdinalIgnoreCase))
                fields.Errors.Add(path, FieldMessages.Twice(address));
            else
                read.Add(address);
        }

        return read;
    }

    /// <summary>Reads whether the file is attached to the mail.</summary>
    /// <param name="fields">The request.</param>
    public bool ReadAttachFile(JsonFields fields)
    {
        if (!fields.Flag("attachFile"))
            return false;

        if (rules.AttachmentLimit == 0)
            fields.Fail(
                "attachFile", "Files don't go with mails here (Notifications:AttachmentLimit is 0). Leave it out: the mail has a link.");
        return true;
    }

    /// <summary>Accepts a bare address only: a display name, a comment or a line break would end up in a mail header.</summary>
    private static bool IsAddress(string text) =>
        text.Length <= MaxLength
        && !text.Any(sign => char.IsControl(sign) || char.IsWhiteSpace(sign) || sign is ',' or ';' or '<' or '>' or '"' or '(' or ')')
        && MailAddress.TryCreate(text, out var address)
        && string.Equals(address.Address, text, StringComparison.Ordinal)
        && address.Host.Contains('.', StringComparison.Ordinal)
        && Uri.CheckHostName(address.Host) == UriHostNameType.Dns;
}
