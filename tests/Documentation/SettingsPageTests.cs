using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ExportFunctions.Functions;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Http;
using ExportFunctions.Monitoring.Telemetry;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Mail;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Startup;
using ExportFunctions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Documentation;

/// <summary>docs/settings.md against the options classes, the timers, host.json and what the code asks for by name.</summary>
public sealed partial class SettingsPageTests
{
    private const string HostJson = "AzureFunctionsJobHost__";

    /// <summary>Settings of options that are not read from their section, by class and property.</summary>
    private static readonly Dictionary<(Type, string), string> FlatNames = new()
    {
        [(typeof(NotificationOptions), nameof(NotificationOptions.EmailEnabled))] = "ENABLE_EMAIL_NOTIFICATIONS",
        [(typeof(NotificationOptions), nameof(NotificationOptions.PublicUrl))] = "PUBLIC_URL",
        [(typeof(MailOptions), nameof(MailOptions.Host))] = "SMTP_HOST",
        [(typeof(MailOptions), nameof(MailOptions.User))] = "SMTP_USER",
        [(typeof(MailOptions), nameof(MailOptions.Password))] = "SMTP_PASSWORD",
        [(typeof(MailOptions), nameof(MailOptions.From))] = "SMTP_FROM",
        [(typeof(MailOptions), nameof(MailOptions.SendGridKey))] = "SENDGRID_API_KEY",
        [(typeof(MailOptions), nameof(MailOptions.SendGridHost))] = "SENDGRID_HOST",
        [(typeof(WebhookOptions), nameof(WebhookOptions.SecretsKey))] = LocalKey.Setting,
    };

    /// <summary>Defaults that are told in words, since they depend on the machine or on more than one value.</summary>
    private static readonly Dictionary<string, string> DefaultsInWords = new(StringComparer.Ordinal)
    {
        ["ENABLE_EMAIL_NOTIFICATIONS"] = "off",
        ["Exports:HostName"] = "the machine's name",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "`grpc`",
        ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "`10000`",
        ["Notifications:WebhookRetryDelays"] = "5 s to 24 h",
    };

    /// <summary>Limits that an options class has no attribute for, or that read better in other words.</summary>
    private static readonly Dictionary<string, string> LimitsInWords = new(StringComparer.Ordinal)
    {
        ["ENABLE_EMAIL_NOTIFICATIONS"] = "1, true, 0 or false",
        ["Notifications:Language"] = "`en` or `el`, or a language of your own templates",
        ["Notifications:WebhookRetryDelays"] = "00:00:01 to 5.00:00:00 each",
        [TelemetryServices.EndpointSetting] = "an http or https address",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "`grpc` or `http/protobuf`",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = "`name=value`, with commas between several",
        ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "milliseconds, from 1 on",
        [LocalHostOptions.GraceSetting] = "00:00:00 to 01:00:00",
    };

    /// <summary>What the platform sets, for the app to read.</summary>
    private static readonly string[] OfThePlatform =
    [
        "AZURITE_ACCOUNTS", "CONTAINER_NAME", "DOTNET_RUNNING_IN_CONTAINER", "FUNCTIONS_CORETOOLS_ENVIRONMENT", "WEBSITE_HOSTNAME",
        "WEBSITE_INSTANCE_ID", "WEBSITE_POD_NAME",
    ];

    private static readonly string[][] Rows = [.. MarkdownPage.Open("docs/settings.md").Rows("setting")];

    [Fact]
    public void Settings_AreThoseOfTheCode()
    {
        var expected = OfOptions().Select(setting => setting.Name)
            .Concat(OfTimers().Concat(OfHostJson()).Concat(OfTheirOwn()).Select(setting => setting.Name));

        Assert.Equal(expected.Order(StringComparer.Ordinal), Rows.Select(Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Defaults_AreThoseOfTheCode()
    {
        var expected = OfOptions().Select(setting => (setting.Name, setting.Default))
            .Concat(OfTimers()).Concat(OfHostJson()).Concat(OfTheirOwn())
            .Select(setting => $"{setting.Name} = {DefaultsInWords.GetValueOrDefault(setting.Name, setting.Default)}");

        Assert.Equal(
            expected.Order(StringComparer.Ordinal), Rows.Select(row => $"{Name(row)} = {row[1]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Limits_AreThoseOfTheCode()
    {
        var rows = Rows.Where(row => !Name(row).StartsWith(HostJson, StringComparison.Ordinal)).ToDictionary(Name, row => row[2]);
        var expected = OfOptions().Select(setting => (setting.Name, setting.Limits))
            .Concat(OfTimers().Select(setting => (setting.Name, "6-field NCRONTAB")))
            .Concat(OfTheirOwn().Select(setting => (setting.Name, "")))
            .ToDictionary(setting => setting.Item1, setting => LimitsInWords.GetValueOrDefault(setting.Item1, setting.Item2));

        Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), rows.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void FlatNames_ThatTheCodeHas_AreOnThePage()
    {
        var named = new[] { "shared", "functions", "local" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(MarkdownPage.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => FlatName().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal);

        Assert.Empty(named.Except(OfThePlatform).Except(Rows.Select(Name)));
    }

    private static string Name(string[] row) => row[0].Trim('`');

    private static IEnumerable<(string Name, string Default, string Limits)> OfOptions()
    {
        var configuration = new ConfigurationBuilder().Build();
        using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddExportFunctions(configuration).BuildServiceProvider();
        return
        [
            .. from settings in services.GetServices<OptionsSettings>()
               let options = Activator.CreateInstance(settings.Options)
               from property in settings.Options.GetProperties()
               where property.SetMethod is { IsPublic: true }
               let name = FlatNames.GetValueOrDefault((settings.Options, property.Name))
                   ?? settings.Names.GetValueOrDefault(property.Name) ?? $"{settings.Section}:{property.Name}"
               select (name, Text(property.GetValue(options)), Limits(new SettingRule(property).Expected)),
        ];
    }

    private static IEnumerable<(string Name, string Default)> OfTimers()
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(MarkdownPage.Root, "local.settings.sample.json")))!["Values"]!;
        return TimerSettings.Names().Select(name => (name, $"`{sample[name]}`"));
    }

    private static IEnumerable<(string Name, string Default)> OfHostJson()
    {
        var file = JsonNode.Parse(File.ReadAllText(Repository.Find().HostJson))!;
        return file["extensions"]!["queues"]!.AsObject()
            .Select(setting => ($"{HostJson}extensions__queues__{setting.Key}", $"`{setting.Value}`"))
            .Prepend(($"{HostJson}functionTimeout", $"`{file["functionTimeout"]}`"));
    }

    /// <summary>Settings that no options class has.</summary>
    private static IEnumerable<(string Name, string Default)> OfTheirOwn()
    {
        var grace = new LocalHostOptions
        {
            Configuration = new ConfigurationBuilder().Build(),
            HostSettings = HostSettings.Read(Repository.Find().HostJson, new ConfigurationBuilder().Build()),
        }.ShutdownGrace;
        return
        [
            (StorageAccount.Setting, "Azurite"),
            (LocalSettings.DatasetsFile, "the sample's"),
            (FunctionKey.Setting, "none"),
            (LocalHostOptions.GraceSetting, Text(grace)),
            (ApplicationInsights.Setting, "none"),
            (ApplicationInsights.SignInSetting, "none"),
            ("OTEL_SERVICE_NAME", "`export-functions`"),
        ];
    }

    private static string Text(object? value) => value switch
    {
        null or System.Collections.ICollection { Count: 0 } => "none",
        bool flag => flag ? "`true`" : "`false`",
        Enum choice => $"`{JsonNamingPolicy.CamelCase.ConvertName(choice.ToString())}`",
        TimeSpan duration => $"`{duration.ToString("c", CultureInfo.InvariantCulture).TrimFraction()}`",
        _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };

    /// <summary>The part of a rule's words that tells the limits.</summary>
    private static string Limits(string expected) =>
        expected.Contains(" from ", StringComparison.Ordinal) ? expected.Split(" from ", 2)[1]
        : expected.Contains(" of ", StringComparison.Ordinal) ? expected.Split(" of ", 2)[1]
        : expected is "true or false" ? expected
        : expected.StartsWith("a ", StringComparison.Ordinal) ? ""
        : expected.ToLowerInvariant();

    [GeneratedRegex("\"(?<name>[A-Z][A-Z0-9]*(_[A-Z0-9]+)+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex FlatName();
}

/// <summary>Durations as a person writes them.</summary>
internal static class DurationTexts
{
    /// <summary>The text without the zeros at the end of its fraction.</summary>
    public static string TrimFraction(this string text) => text.LastIndexOf('.') > text.LastIndexOf(':') ? text.TrimEnd('0') : text;
}
