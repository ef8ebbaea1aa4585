using System.Net.Mail;
using System.Text.Json;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Requests;

/// <summary>Reads the addresses of those who hear of an export, of a schedule's runs, or of what they subscribe to.</summary>
public sealed class AddressListReader(IMailRules rules)
{
    private const int MaxAddresses = 20;

    // RFC 5321, 4.5.3.1.3: a path has at most 256 characters, two of them its angle brackets.
    private const int MaxLength = 254;

    /// <summary>Reads the addresses.</summary>
    /// <param name="addresses">The list; null when it is absent.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public IReadOnlyList<string> Read(JsonElement? addresses, string field, FieldErrors errors)
    {
        if (addresses is not { } list)
            return [];
        var isList = list.ValueKind == JsonValueKind.Array;
        if (!isList || list.GetArrayLength() > MaxAddresses)
            errors.Add(field, $"Must be a list of at most {MaxAddresses} e-mail addresses, such as [\"registrar@example.org\"].");
        if (!isList)
            return [];

        var read = new List<string>();
        foreach (var (index, item) in list.EnumerateArray().Take(MaxAddresses).Index())
        {
            if (item.ValueKind != JsonValueKind.String || item.GetString() is not { } address || !IsAddress(address))
                errors.Add($"{field}[{index}]", "Must be an e-mail address, such as \"registrar@example.org\".");
            else if (!rules.Allows(address))
                errors.Add($"{field}[{index}]", $"Mails go to {string.Join(", ", rules.AllowedDomains)} only.");
            else if (read.Contains(address, StringComparer.OrdinalIgnoreCase))
                errors.Add($"{field}[{index}]", "The address is given twice. Keep one.");
            else
                read.Add(address);
        }

        return read;
    }

    /// <summary>Reads whether the file goes with the mail.</summary>
    /// <param name="attachFile">The field; null when it is absent.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public bool ReadAttachFile(JsonElement? attachFile, FieldErrors errors)
    {
        if (attachFile is null or { ValueKind: JsonValueKind.False })
            return false;

        if (attachFile.Value.ValueKind != JsonValueKind.True)
            errors.Add("attachFile", "Must be true or false, such as true.");
        else if (rules.AttachmentLimit == 0)
            errors.Add("attachFile", "Files don't go with mails here (Notifications:AttachmentLimit is 0). Leave it out: the mail has a link.");
        return true;
    }

    /// <summary>The bare address only: a display name, a comment or a line break would end up in a mail's header.</summary>
    private static bool IsAddress(string text) =>
        text.Length <= MaxLength
        && !text.Any(sign => char.IsControl(sign) || char.IsWhiteSpace(sign) || sign is ',' or ';' or '<' or '>' or '"' or '(' or ')')
        && MailAddress.TryCreate(text, out var address)
        && string.Equals(address.Address, text, StringComparison.Ordinal)
        && address.Host.Contains('.', StringComparison.Ordinal)
        && Uri.CheckHostName(address.Host) == UriHostNameType.Dns;
}
