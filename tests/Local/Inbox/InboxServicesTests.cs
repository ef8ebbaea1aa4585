using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Inbox;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Local.Inbox;

/// <summary>When mails land in the development inbox.</summary>
public sealed class InboxServicesTests
{
    [Fact]
    public void AddDevelopmentInbox_SwitchesMailsOn_WhenNoSettingSays()
    {
        using var services = Services(inboxTakesMails: true);

        Assert.True(services.GetRequiredService<IOptions<NotificationOptions>>().Value.EmailEnabled);
        Assert.IsType<DevelopmentInbox>(services.GetRequiredService<IMailSender>());
    }

    [Theory]
    [InlineData(true, "localhost", "ENABLE_EMAIL_NOTIFICATIONS", "0")]
    [InlineData(true, "localhost", "SMTP_HOST", "mail.example.org")]
    [InlineData(true, "0.0.0.0", "EXPORT_RETENTION_DAYS", "30")]
    [InlineData(false, "localhost", "EXPORT_RETENTION_DAYS", "30")]
    public void AddDevelopmentInbox_LeavesMailsAlone_WhenASettingSaysOrThereIsNoInbox(
        bool inboxTakesMails, string host, string setting, string value)
    {
        using var services = Services(inboxTakesMails, host, (setting, value));

        Assert.False(services.GetRequiredService<IOptions<NotificationOptions>>().Value.EmailEnabled);
    }

    private static ServiceProvider Services(bool inboxTakesMails, string host = "localhost", params (string Name, string Value)[] settings)
    {
        var options = new LocalHostOptions
        {
            Configuration = new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build(),
            HostSettings = new HostSettings(),
            Host = host,
            InboxTakesMails = inboxTakesMails,
        };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions<NotificationOptions>();
        services.AddSingleton(TimeProvider.System);
        services.AddDevelopmentInbox(options);
        return services.BuildServiceProvider();
    }
}
