using System.Net;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Http;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Local.Inbox;

/// <summary>Adds the development inbox.</summary>
internal static class InboxServices
{
    private const string EmailSetting = "ENABLE_EMAIL_NOTIFICATIONS";

    /// <summary>
    /// Why this host has no inbox although nothing else receives mails, as a continuation of "none here"; null when it has one, or there is
    /// a mail server.
    /// </summary>
    public static string? ReasonForNone(LocalHostOptions options)
    {
        if (HasMailServer(options))
            return null;
        if (IsSet(options, FunctionKey.Setting))
            return "its pages ask for no key, and this host does";

        return IPAddress.IsLoopback(options.Address) ? null : "its pages ask for no key, and other machines reach this host";
    }

    /// <summary>
    /// Adds the inbox if no mail server is configured, the host is reachable from this machine only, and no key is required, since the
    /// inbox pages would not ask for one.
    /// </summary>
    public static void AddDevelopmentInbox(this IServiceCollection services, LocalHostOptions options)
    {
        if (HasMailServer(options))
            return;

        if (ReasonForNone(options) is not null)
        {
            // A setting meant for the inbox, as on a developer's machine, must not prevent the start.
            if (options.InboxTakesMails)
                services.PostConfigure<NotificationOptions>(notifications => notifications.EmailEnabled = false);

            return;
        }

        if (options.InboxTakesMails && !IsSet(options, EmailSetting))
            services.PostConfigure<NotificationOptions>(notifications => notifications.EmailEnabled = true);

        services.AddSingleton<DevelopmentInbox>();
        services.AddSingleton<IMailSender>(provider => provider.GetRequiredService<DevelopmentInbox>());
    }

    private static bool HasMailServer(LocalHostOptions options) => IsSet(options, "SMTP_HOST") || IsSet(options, "SENDGRID_API_KEY");

    private static bool IsSet(LocalHostOptions options, string setting) => options.Configuration[setting] is { Length: > 0 };
}
