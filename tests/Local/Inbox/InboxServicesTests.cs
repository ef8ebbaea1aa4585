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

    [Theory]
    [InlineData("localhost", "FUNCTIONS_KEY", "and this host does")]
    [InlineData("0.0.0.0", "EXPORT_RETENTION_DAYS", "other machines reach this host")]
    public void AddDevelopmentInbox_SwitchesMailsOff_WhenItIsNotAllowedAndTheSettingsHaveThemOn(string host, string setting, string reason)
    {
        var options = Options(inboxTakesMails: true, host, ("ENABLE_EMAIL_NOTIFICATIONS", "1"), (setting, "30"));
        using var services = Services(options);

        Assert.False(services.GetRequiredService<IOptions<NotificationOptions>>().Value.EmailEnabled);
        Assert.Null(services.GetService<DevelopmentInbox>());
        Assert.Contains(reason, InboxServices.ReasonForNone(options), StringComparison.Ordinal);
    }

    [Fact]
    public void ReasonForNone_IsNone_WhenThereIsAMailServer() =>
        Assert.Null(InboxServices.ReasonForNone(Options(inboxTakesMails: true, "0.0.0.0", ("SMTP_HOST", "mail.example.org"))));

    private static ServiceProvider Services(
        bool inboxTakesMails, string host = "localhost", params (string Name, string Value)[] settings) =>
        Services(Options(inboxTakesMails, host, settings));

    private static ServiceProvider Services(LocalHostOptions options)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions<NotificationOptions>().Configure(
            notifications => notifications.EmailEnabled = options.Configuration["ENABLE_EMAIL_NOTIFICATIONS"] == "1");
        services.AddSingleton(TimeProvider.System);
        services.AddDevelopmentInbox(options);
        return services.BuildServiceProvider();
    }

    private static LocalHostOptions Options(bool inboxTakesMails, string host, params (string Name, string Value)[] settings) => new()
    {
        Configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build(),
        HostSettings = new HostSettings(),
        Host = host,
        InboxTakesMails = inboxTakesMails,
    };
}
