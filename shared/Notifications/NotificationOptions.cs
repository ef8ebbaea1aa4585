using System.ComponentModel.DataAnnotations;
using ExportFunctions.Exports.Requests;

namespace ExportFunctions.Notifications;

/// <summary>Section <c>Notifications</c>, and the flat settings of the earlier system: whether people are notified, and how.</summary>
public sealed class NotificationOptions : IMailRules
{
    /// <summary>The section's name.</summary>
    public const string Section = "Notifications";

    /// <summary>Whether mails are sent; from <c>ENABLE_EMAIL_NOTIFICATIONS</c> (<c>1</c> or <c>true</c>), off by default.</summary>
    public bool EmailEnabled { get; set; }

    /// <summary>
    /// The app's public address, such as <c>https://exports.example.org</c>; from <c>PUBLIC_URL</c>, else from <c>WEBSITE_HOSTNAME</c>,
    /// which Azure sets. Links in mails begin with it.
    /// </summary>
    public string PublicUrl { get; set; } = "http://localhost:7071";

    /// <summary>The language of mails, by its template folder: <c>en</c> (the default) or <c>el</c>.</summary>
    [RegularExpression("^[a-z]{2}$", ErrorMessage = "Notifications:Language must be two letters, such as en or el.")]
    public string Language { get; set; } = "en";

    /// <summary>
    /// A folder with templates that override shipped ones of the same name: <c>en/export.succeeded.html.liquid</c>; null for none.
    /// </summary>
    public string? TemplatesFolder { get; set; }

    /// <summary>The domains that mails may go to, such as <c>example.org</c>, not including subdomains; empty for all.</summary>
    public IReadOnlyList<string> AllowedDomains { get; set; } = [];

    /// <summary>
    /// The limit of mails per clock hour, over all hosts together, 1 to 100,000; 300 by default. Further mails wait for a later hour.
    /// </summary>
    [Range(1, 100_000, ErrorMessage = "Notifications:MaxMailsPerHour must be from 1 to 100000.")]
    public int MaxMailsPerHour { get; set; } = 300;

    /// <summary>
    /// The attempts to deliver a mail, 1 to 100; 20 by default, which span a day. The pauses in between double from
    /// <see cref="RetryDelay"/> up to <see cref="MaxRetryDelay"/>.
    /// </summary>
    [Range(1, 100, ErrorMessage = "Notifications:MaxAttempts must be from 1 to 100.")]
    public int MaxAttempts { get; set; } = 20;

    /// <summary>The pause after the first attempt, 1 s to 1 h; 30 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause between two attempts, 1 s to 1 day; 2 h by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Notifications:MaxRetryDelay must be from 00:00:01 to 1.00:00:00.")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromHours(2);

    /// <summary>
    /// How long before a file expires people are notified, up to 30 days; a day by default; 0 disables it. No notice is sent for a file
    /// that is kept no longer than that.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan ExpiringBefore { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// The size limit in bytes of an attached file, when a request asks for one, up to 10 MB; 3 MB by default; 0 disables attachments.
    /// </summary>
    [Range(0, 10_000_000)]
    public int AttachmentLimit { get; set; } = 3_000_000;

    /// <summary>How long a due delivery with no visible message waits before it is sent another, 1 s to 15 min; 2 min by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:15:00", ErrorMessage = "Notifications:ResendAfter must be from 00:00:01 to 00:15:00.")]
    public TimeSpan ResendAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the records of deliveries are kept, 1 to 3650 days; 90 by default.</summary>
    [Range(1, 3650)]
    public int DeliveryDays { get; set; } = 90;

    /// <summary>The pause after a failed attempt.</summary>
    /// <param name="attempts">The attempts so far, 1 at least.</param>
    public TimeSpan PauseAfter(int attempts)
    {
        var doublings = Math.Min(attempts - 1, 30);
        return RetryDelay.TotalSeconds * Math.Pow(2, doublings) is var seconds && seconds < MaxRetryDelay.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : MaxRetryDelay;
    }

    /// <inheritdoc/>
    public bool Allows(string address) =>
        AllowedDomains.Count == 0 || AllowedDomains.Any(domain => address.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase));
}
