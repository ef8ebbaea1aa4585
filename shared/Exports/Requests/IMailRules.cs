namespace ExportFunctions.Exports.Requests;

/// <summary>Which addresses may receive mail, and what may be attached.</summary>
public interface IMailRules
{
    /// <summary>The domains that mail may go to, such as <c>example.org</c>, without their subdomains; empty for all.</summary>
    IReadOnlyList<string> AllowedDomains { get; }

    /// <summary>The size in bytes up to which a file is attached to a mail; 0 when none is.</summary>
    int AttachmentLimit { get; }

    /// <summary>Whether mail may go to an address.</summary>
    /// <param name="address">The address.</param>
    bool Allows(string address);
}
