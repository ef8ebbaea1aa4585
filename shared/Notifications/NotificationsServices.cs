using ExportFunctions.Exports.Jobs;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Monitoring.Alerts;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Events;
using ExportFunctions.Notifications.Expiry;
using ExportFunctions.Notifications.Mail;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Reports;
using ExportFunctions.Notifications.Subscriptions;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Outages;
using ExportFunctions.Schedules;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Notifications;

/// <summary>Adds notifications.</summary>
public static class NotificationsServices
{
    private const string EmailSetting = "ENABLE_EMAIL_NOTIFICATIONS";
    private const string PortSetting = "SMTP_PORT";
    private const string TimeoutSetting = "SMTP_TIMEOUT";

    /// <summary>Adds notifications about exports. A host may register its own <see cref="IMailSender"/> first.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">
    /// The settings: section <c>Notifications</c>, <c>ENABLE_EMAIL_NOTIFICATIONS</c>, <c>PUBLIC_URL</c>, <c>SMTP_*</c> and
    /// <c>SENDGRID_API_KEY</c>.
    /// </param>
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<NotificationOptions>(configuration, NotificationOptions.Section)
            .Configure(options => Configure(options, configuration))
            .Validate(
                _ => IsOn(configuration[EmailSetting]) is not null, $"{EmailSetting} must be 1 or true for on, and 0 or false for off.")
            .Validate(
                options => IsAddress(options.PublicUrl),
                "PUBLIC_URL must be an http or https address, such as https://exports.example.org.")
            .Validate(
                options => options.TemplatesFolder is null || Directory.Exists(options.TemplatesFolder),
                "Notifications:TemplatesFolder must be a folder that exists.");
        services.AddSettings<MailOptions>(
            configuration, section: null, (nameof(MailOptions.Port), PortSetting), (nameof(MailOptions.Timeout), TimeoutSetting))
            .Configure(options => Configure(options, configuration))
            .Validate(
                options => options.Sender is null || MimeKit.MailboxAddress.TryParse(options.Sender, out _),
                "SMTP_FROM must be an address, such as Exports <exports@example.org>.")
            .Validate(
                options => options is { Host: null, SendGridKey: null } || options.Sender is not null,
                "SMTP_FROM is missing: say whom mails come from, such as Exports <exports@example.org>.")
            .Validate(
                options => IsAddress(options.SendGridHost),
                "SENDGRID_HOST must be an http or https address, such as https://api.sendgrid.com.");

        services.AddOutages();
        services.AddSingleton<IMailRules>(provider => provider.GetRequiredService<IOptions<NotificationOptions>>().Value);
        services.AddSingleton<AddressListReader>();
        services.AddSingleton<IDeliveryStore, TableDeliveryStore>();
        services.AddSingleton<IDeliveryQueue, DeliveryQueue>();
        services.AddSingleton<DeliveryOutbox>();
        services.AddSingleton<DeliverySlots>();
        services.AddSingleton<MailTemplates>();
        services.AddSingleton<IMailBudget, TableMailBudget>();
        services.AddComposed<MailBacklog>();
        services.AddSingleton<SubscriptionFilterReader>();
        services.AddSingleton<IDeliveryChannel, MailChannel>();
        services.AddSingleton<IMailAddition, FileAttachments>();
        services.AddSingleton<IMailAddition, ReportContent>();
        services.AddSubscriptions();
        services.AddEvents();
        services.TryAddSingleton(ChooseSender);
        services.AddHostedService<NotificationsSetup>();
        services.AddWebhooks(configuration);

        services.AddComposed<DeliverySending>();
        services.AddComposed<DueDeliveries>();
        return services;
    }

    private static void AddSubscriptions(this IServiceCollection services)
    {
        services.AddSingleton<SubscriptionReader>();
        services.AddSingleton<ISubscriptionStore, TableSubscriptionStore>();
        services.AddSingleton<SubscriptionRegistry>();
        services.AddAlias<IReceiverSource, SubscriptionRegistry>();
    }

    private static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<ExportNews>();
        services.AddSingleton<IExportFollowUp, ExportEnded>();
        services.AddSingleton<ISuspensionListener, ScheduleSuspended>();
        services.AddSingleton<IAlertListener, AlertRaised>();
        services.AddSingleton<IExpiryCalendar, TableExpiryCalendar>();
        services.AddSingleton<IExportFollowUp, ExpiryEntries>();
        services.AddSingleton<IReportProgress, TableReportProgress>();
        services.AddComposed<ExpiryNotices>();
        services.AddComposed<WeeklyReport>();
    }

    private static IMailSender ChooseSender(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<MailOptions>>();
        return options.Value switch
        {
            { SendGridKey: not null, SendGridHost: var host } => Watched(new SendGridMailSender(options), new Uri(host).Authority),
            { Host: { } host, Port: var port } => Watched(new SmtpMailSender(options), FormattableString.Invariant($"{host}:{port}")),
            _ => new NoMailSender(),
        };

        WatchedMailSender Watched(IMailSender sender, string place) =>
            new(sender, place, provider.GetRequiredService<OutageLog>(), provider.GetRequiredService<TimeProvider>());
    }

    private static void Configure(NotificationOptions options, IConfiguration configuration)
    {
        options.EmailEnabled = IsOn(configuration[EmailSetting]) is true;
        options.PublicUrl = Text(
            configuration, "PUBLIC_URL") ?? (Text(configuration, "WEBSITE_HOSTNAME") is { } host ? $"https://{host}" : options.PublicUrl);
    }

    private static void Configure(MailOptions options, IConfiguration configuration)
    {
        options.Host = Text(configuration, "SMTP_HOST");
        options.Port = configuration.GetValue(PortSetting, options.Port);
        options.User = Text(configuration, "SMTP_USER");
        options.Password = Text(configuration, "SMTP_PASSWORD");
        options.From = Text(configuration, "SMTP_FROM");
        options.Timeout = configuration.GetValue(TimeoutSetting, options.Timeout);
        options.SendGridKey = Text(configuration, "SENDGRID_API_KEY");
        options.SendGridHost = Text(configuration, "SENDGRID_HOST") ?? options.SendGridHost;
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static bool? IsOn(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        "1" or "TRUE" => true,
        null or "" or "0" or "FALSE" => false,
        _ => null,
    };

    private static string? Text(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } text ? text : null;
}
