using ExportFunctions.Notifications.Mail;
using ExportFunctions.Startup;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications;

/// <summary>Prevents a start that would lose mails: no sender is configured, or a template can't be read.</summary>
internal sealed class NotificationsSetup(IOptions<NotificationOptions> options, IMailSender sender, MailTemplates templates) : StartupStep
{
    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.EmailEnabled)
            return Task.CompletedTask;

        templates.Check();
        return sender is NoMailSender
            ? throw new OptionsValidationException(
                nameof(MailOptions),
                typeof(MailOptions),
                ["ENABLE_EMAIL_NOTIFICATIONS is on, and nothing says how mails are sent: set SMTP_HOST or SENDGRID_API_KEY, or switch it"
                    + " off."])
            : Task.CompletedTask;
    }
}
