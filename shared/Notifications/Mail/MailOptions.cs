using System.ComponentModel.DataAnnotations;

namespace ExportFunctions.Notifications.Mail;

/// <summary>How mails are sent, from the flat settings of the earlier system.</summary>
public sealed class MailOptions
{
    /// <summary>The SMTP server, such as <c>smtp.gmail.com</c> or <c>smtp.office365.com</c>; from <c>SMTP_HOST</c>.</summary>
    public string? Host { get; set; }

    /// <summary>
    /// Its port; from <c>SMTP_PORT</c>, 587 by default. 465 is TLS from the first byte; on any other, STARTTLS is used where the server
    /// offers it, and required when there is a password.
    /// </summary>
    [Range(1, 65535, ErrorMessage = "SMTP_PORT must be from 1 to 65535, such as 587.")]
    public int Port { get; set; } = 587;

    /// <summary>The user name; from <c>SMTP_USER</c>. Null for a server that requires none.</summary>
    public string? User { get; set; }

    /// <summary>The password; from <c>SMTP_PASSWORD</c>. Gmail and Office 365 require an app password.</summary>
    public string? Password { get; set; }

    /// <summary>The sender of mails, such as <c>Exports &lt;exports@example.org&gt;</c>; from <c>SMTP_FROM</c>, else the user.</summary>
    public string? From { get; set; }

    /// <summary>SendGrid's key; from <c>SENDGRID_API_KEY</c>. If set, mails go through SendGrid instead of SMTP.</summary>
    public string? SendGridKey { get; set; }

    /// <summary>The host of SendGrid's API; from <c>SENDGRID_HOST</c>.</summary>
    public string SendGridHost { get; set; } = "https://api.sendgrid.com";

    /// <summary>The time limit of one attempt, 1 s to 5 min; from <c>SMTP_TIMEOUT</c>, 30 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "SMTP_TIMEOUT must be from 00:00:01 to 00:05:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The sender of mails, if known.</summary>
    public string? Sender => string.IsNullOrWhiteSpace(From) ? User : From;
}
