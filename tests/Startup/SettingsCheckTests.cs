using System.Globalization;
using System.Reflection;
using ExportFunctions.Exports;
using ExportFunctions.Functions;
using ExportFunctions.Maintenance;
using ExportFunctions.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Startup;

/// <summary>What is said of settings that are wrong, before anything starts.</summary>
public sealed class SettingsCheckTests
{
    /// <summary>
    /// Every setting of every options class that isn't any text: with one that can't be read, and one that is out of range.
    /// </summary>
    public static TheoryData<string, string> WrongTexts
    {
        get
        {
            var texts = new TheoryData<string, string>();
            foreach (var settings in AllSettings())
            {
                foreach (var property in settings.Options.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
                {
                    foreach (var text in WrongFor(property.PropertyType))
                    {
                        if (settings.Names.TryGetValue(property.Name, out var name))
                            texts.Add(name, text);
                        if (settings.Section is not null)
                            texts.Add($"{settings.Section}:{property.Name}", text);
                    }
                }
            }

            return texts;
        }
    }

    [Theory]
    [MemberData(nameof(WrongTexts))]
    public void Run_NamesTheSettingInOneLine_ForEverySettingOfEveryOptionsClass(string setting, string text)
    {
        var fault = Assert.Single(FaultsOf((setting, text)));

        Assert.StartsWith(
            $"{setting.Replace(":", "__", StringComparison.Ordinal)} is '{text}' and must be ", fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault);
    }

    [Theory]
    [InlineData("EXPORT_RETENTION_DAYS", "0", "EXPORT_RETENTION_DAYS is '0' and must be a whole number from 1 to 3650.")]
    [InlineData("METRICS_RETENTION_DAYS", "6", "METRICS_RETENTION_DAYS is '6' and must be a whole number from 7 to 3650.")]
    [InlineData(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "localhost:4317",
        "OTEL_EXPORTER_OTLP_ENDPOINT is 'localhost:4317' and must be an http or https address, such as http://localhost:4317.")]
    [InlineData(
        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_PROTOCOL is 'http/json' and must be grpc or http/protobuf.")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a secret", "OTEL_EXPORTER_OTLP_HEADERS must be name=value, with commas between several.")]
    [InlineData(
        "OTEL_EXPORTER_OTLP_TIMEOUT", "10s", "OTEL_EXPORTER_OTLP_TIMEOUT is '10s' and must be a whole number of milliseconds from 1 on.")]
    [InlineData("SMTP_PORT", "", "SMTP_PORT is '' and must be a whole number from 1 to 65535.")]
    [InlineData("SMTP_TIMEOUT", "00:06:00", "SMTP_TIMEOUT is '00:06:00' and must be a duration from 00:00:01 to 00:05:00.")]
    [InlineData("Exports:HeartbeatInterval", "2", "Exports__HeartbeatInterval is '2' and must be a duration from 00:00:00.1 to 00:00:01.")]
    [InlineData("Exports:MaxAttempts", "99999999999", "Exports__MaxAttempts is '99999999999' and must be a whole number from 1 to 20.")]
    [InlineData("Exports:HostName", "", "Exports__HostName is '' and must be a text of 1 to 128 characters.")]
    [InlineData("Maintenance:ExpiredFiles", "7", "Maintenance__ExpiredFiles is '7' and must be Archive or Delete.")]
    [InlineData("Exports:Pdf:SystemFonts", "maybe", "Exports__Pdf__SystemFonts is 'maybe' and must be true or false.")]
    [InlineData("Notifications:Language", "english", "Notifications__Language is 'english' and must be a text like ^[a-z]{2}$.")]
    [InlineData("Notifications:AllowedDomains", "example.org", "Notifications__AllowedDomains is 'example.org' and must be a list: the "
        + "first entry is Notifications__AllowedDomains__0.")]
    [InlineData("Notifications:WebhookRetryDelays:0", "soon", "Notifications__WebhookRetryDelays__0 is 'soon' and must be a duration, "
        + "such as 00:00:30.")]
    [InlineData("ENABLE_EMAIL_NOTIFICATIONS", "yes", "ENABLE_EMAIL_NOTIFICATIONS must be 1 or true for on, and 0 or false for off.")]
    [InlineData("SENDGRID_HOST", "api", "SENDGRID_HOST must be an http or https address, such as https://api.sendgrid.com.")]
    [InlineData("PUBLIC_URL", "ftp://x", "PUBLIC_URL must be an http or https address, such as https://exports.example.org.")]
    [InlineData("Exports:LeaseDuration", "00:00:02", "")]
    public void Run_SaysWhatTheSettingIsAndMustBe(string setting, string text, string expected) =>
        Assert.Equal(expected, string.Join('\n', FaultsOf((setting, text))));

    [Fact]
    public void Run_NamesBothSettings_WhenOneGoesByTheOther() => Assert.Equal(
        ["Exports__LeaseDuration must be at least three times Exports__HeartbeatInterval."],
        FaultsOf(("Exports:LeaseDuration", "00:00:02"), ("Exports:HeartbeatInterval", "00:00:01")));

    [Fact]
    public void Run_NamesAll_WhenSeveralAreWrong() => Assert.Equal(
        ["EXPORT_RETENTION_DAYS is '0' and must be a whole number from 1 to 3650.", "Schedules__AtATime is 'x' and must be a whole "
            + "number from 1 to 64."],
        FaultsOf(("EXPORT_RETENTION_DAYS", "0"), ("Schedules:AtATime", "x")));

    [Fact]
    public void Run_StaysOnALine_WhenTheTextIsLongOrHasLines()
    {
        var fault = Assert.Single(FaultsOf(("EXPORT_RETENTION_DAYS", "1\r\n" + new string('9', 5_000))));

        Assert.InRange(fault.Length, 50, 410);
        Assert.DoesNotContain('\n', fault);
        Assert.StartsWith("EXPORT_RETENTION_DAYS is '1", fault, StringComparison.Ordinal);
        Assert.EndsWith("must be a whole number from 1 to 3650.", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "00:00:30", 30)]
    [InlineData("00:00:20", "00:00:30", 20)]
    public void Setting_IsReadUnderItsFormerName_WhereItIsMissingUnderItsNameOfToday(string? today, string former, int seconds)
    {
        using var services = today is null
            ? Services(("Maintenance:Slice", former))
            : Services(("Maintenance:MaxRunTime", today), ("Maintenance:Slice", former));

        Assert.Equal(seconds, services.GetRequiredService<IOptions<MaintenanceOptions>>().Value.MaxRunTime.TotalSeconds);
    }

    [Fact]
    public void Setting_IsChecked_AlsoUnderItsFormerName() => Assert.Equal(
        ["Exports__LongestRetryDelay is 'long' and must be a duration from 00:00:01 to 1.00:00:00."],
        FaultsOf(("Exports:LongestRetryDelay", "long")));

    private static IEnumerable<string> WrongFor(Type type) => type switch
    {
        _ when type == typeof(int) || type == typeof(long) => ["many", "-1", long.MaxValue.ToString(CultureInfo.InvariantCulture)],
        _ when type == typeof(TimeSpan) => ["soon", "-00:00:01", "3000.00:00:00"],
        _ when type == typeof(bool) => ["maybe"],
        _ when type.IsEnum => ["neither", "-1"],
        _ when type == typeof(IReadOnlyList<string>) || type == typeof(IReadOnlyList<TimeSpan>) => ["not-a-list"],
        _ => [],
    };

    private static IReadOnlyList<string> FaultsOf(params (string Setting, string Text)[] settings)
    {
        using var services = Services(settings);
        try
        {
            SettingsCheck.Run(services);
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }

    private static List<OptionsSettings> AllSettings()
    {
        using var services = Services();
        var all = services.GetServices<OptionsSettings>().ToList();
        Type[] ofEachAssembly = [typeof(SettingsCheck), typeof(ExportOptions), typeof(Composition)];
        var classes = ofEachAssembly.SelectMany(type => type.Assembly.GetTypes())
            .Where(
                type => type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is not null && type.Name.EndsWith(
                    "Options", StringComparison.Ordinal));
        Assert.Empty(classes.Except(all.Select(settings => settings.Options)));
        return all;
    }

    private static ServiceProvider Services(params (string Setting, string Text)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Setting, (string?)setting.Text))).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddExportFunctions(configuration)
            .BuildServiceProvider();
    }
}
