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

    /// <summary>Adds the inbox where it is nobody's mail server: no other is set, only this machine reaches the host, and no key is asked for, which its pages would not ask for.</summary>
    public static void AddDevelopmentInbox(this IServiceCollection services, LocalHostOptions options)
    {
        var isForOthers = !IPAddress.IsLoopback(options.Address) || IsSet(options, FunctionKey.Setting);
        if (isForOthers || IsSet(options, "SMTP_HOST") || IsSet(options, "SENDGRID_API_KEY"))
            return;

        if (options.InboxTakesMails && !IsSet(options, EmailSetting))
            services.PostConfigure<NotificationOptions>(notifications => notifications.EmailEnabled = true);

        services.AddSingleton<DevelopmentInbox>();
        services.AddSingleton<IMailSender>(provider => provider.GetRequiredService<DevelopmentInbox>());
    }

    private static bool IsSet(LocalHostOptions options, string setting) => options.Configuration[setting] is { Length: > 0 };
}
