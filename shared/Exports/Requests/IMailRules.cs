namespace ExportFunctions.Exports.Requests;

/// <summary>Whom mails may go to, and what goes with them.</summary>
public interface IMailRules
{
    /// <summary>The domains that mails may go to, such as <c>example.org</c>, without those below them; empty for all.</summary>
    IReadOnlyList<string> AllowedDomains { get; }

    /// <summary>The size in bytes up to which a file goes with a mail; 0 when none does.</summary>
    int AttachmentLimit { get; }

    /// <summary>Whether mails may go to an address.</summary>
    /// <param name="address">The address.</param>
    bool Allows(string address);
}
