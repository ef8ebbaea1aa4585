using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Notifications.Webhooks.Payloads;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Notifications.Webhooks.Payloads;

public sealed class WebhookPayloadsTests
{
    private const string Nasty = "a\"b\\c\nd\te\u0001 <!channel> & <https://x|y> [link](https://x) 😀 'Ελλάδα'";

    private static readonly NotificationOptions Options = new() { PublicUrl = "https://exports.example.org/" };
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string Snapshots =
        Path.Combine(Repository.Find().Root, "tests", "Notifications", "Webhooks", "Payloads", "Snapshots");

    public static TheoryData<NotificationEvent, WebhookKind, string> All { get; } = new(
        from notificationEvent in Enum.GetValues<NotificationEvent>()
        from kind in new[] { WebhookKind.Slack, WebhookKind.Teams }
        from language in ChatTemplates.Languages
        select (notificationEvent, kind, language));

    [Theory]
    [MemberData(nameof(All))]
    public async Task Write_GivesTheMessageOfTheSnapshot(NotificationEvent notificationEvent, WebhookKind kind, string language)
    {
        var told = new WebhookEvent(
            Guid.Empty, notificationEvent, DateTimeOffset.UnixEpoch, EventSamples.Of(notificationEvent, Options.PublicUrl));

        var message = await WriteAsync(Webhook(kind, language), told);

        var file = Path.Combine(Snapshots, $"{notificationEvent.Name()}.{kind.Name()}.{language}.json");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Snapshots);
            await File.WriteAllTextAsync(file, message.ToJsonString(Readable) + "\n", TestContext.Current.CancellationToken);
            Assert.Fail($"{file} was missing, and is written now. Look at it.");
        }

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)), message),
            $"{file} differs: {message.ToJsonString()}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Write_KeepsNastyValuesWhole_AndLetsThemDoNothing(
        NotificationEvent notificationEvent, WebhookKind kind, string language)
    {
        var values = EventSamples.Of(notificationEvent, Options.PublicUrl).ToDictionary(
            value => value.Key,
            value => value.Key.EndsWith("Id", StringComparison.Ordinal) || value.Key == "link" ? value.Value : Nasty,
            StringComparer.Ordinal);
        var told = new WebhookEvent(Guid.Empty, notificationEvent, DateTimeOffset.UnixEpoch, values);

        var message = await WriteAsync(Webhook(kind, language), told);

        var texts = Texts(message).ToList();
        var expected = kind == WebhookKind.Slack ? Nasty.Replace("&", "&amp;", StringComparison.Ordinal).Replace(
            "<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal) : Nasty;
        Assert.Contains(texts, text => text.Contains(expected, StringComparison.Ordinal));
        if (kind == WebhookKind.Slack)
            Assert.DoesNotContain(texts, text => text.Contains('<', StringComparison.Ordinal));
        else
            Assert.DoesNotContain(TextBlocks(message), text => text.Contains("[link]", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Write_StaysWithinTheLimitsOfSlackAndTeams(NotificationEvent notificationEvent, WebhookKind kind, string language)
    {
        var values = EventSamples.Of(notificationEvent, Options.PublicUrl).ToDictionary(
            value => value.Key,
            value => value.Key.EndsWith("Id", StringComparison.Ordinal) || value.Key == "link" ? value.Value : new string('&', 5000),
            StringComparer.Ordinal);

        var message = await WriteAsync(
            Webhook(kind, language), new WebhookEvent(Guid.Empty, notificationEvent, DateTimeOffset.UnixEpoch, values, IsTest: true));

        if (kind == WebhookKind.Teams)
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(message.ToJsonString()), 1, 28_000);
            return;
        }

        var blocks = message["blocks"]!.AsArray();
        Assert.InRange(blocks[0]!["text"]!["text"]!.GetValue<string>().Length, 1, 150);
        Assert.All(blocks[2]!["fields"]!.AsArray(), field => Assert.InRange(field!["text"]!.GetValue<string>().Length, 1, 2000));
        Assert.InRange(blocks[2]!["fields"]!.AsArray().Count, 1, 10);
        Assert.InRange(blocks[3]!["elements"]![0]!["text"]!["text"]!.GetValue<string>().Length, 1, 75);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Write_GivesAMessage_WhenTheEventBringsNothing(NotificationEvent notificationEvent, WebhookKind kind, string language)
    {
        var message = await WriteAsync(Webhook(kind, language), new WebhookEvent(
            Guid.Empty, notificationEvent, DateTimeOffset.UnixEpoch, new Dictionary<string, string>(StringComparer.Ordinal)));

        Assert.NotNull(message);
    }

    [Theory]
    [InlineData(NotificationEvent.ExportFailed, "/api/v1/exports/019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21")]
    [InlineData(NotificationEvent.ExportExpiring, "/api/v1/exports/019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21/file")]
    [InlineData(NotificationEvent.ScheduleSuspended, "/api/v1/schedules/019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21")]
    [InlineData(NotificationEvent.AlertRaised, "/api/v1/alerts")]
    [InlineData(NotificationEvent.ReportWeekly, "/api/v1/performance/report?from=2026-08-24&to=2026-08-30")]
    public async Task Write_TellsAStandardWebhookIdsAndTheLink_AndNothingThatPeopleWrote(NotificationEvent notificationEvent, string link)
    {
        var told = new WebhookEvent(
            Guid.Empty, notificationEvent, DateTimeOffset.UnixEpoch, EventSamples.Of(notificationEvent, Options.PublicUrl));

        var message = await WriteAsync(Webhook(WebhookKind.Standard, "en"), told);

        Assert.Equal(
            (notificationEvent.Name(), "1970-01-01T00:00:00.000Z", "https://exports.example.org" + link),
            (message["type"]!.GetValue<string>(), message["timestamp"]!.GetValue<string>(), message["data"]!["link"]!.GetValue<string>()));
        Assert.Equal(notificationEvent.Name().Split('.')[1], message["data"]!["status"]!.GetValue<string>());
        Assert.DoesNotContain(["fileName", "schedule", "reason", "rule"], name => message["data"]!.AsObject().ContainsKey(name));
    }

    [Fact]
    public async Task Write_UsesTheWebhooksOwnTemplate_WithValuesEscaped()
    {
        var told = new WebhookEvent(
            Guid.Empty,
            NotificationEvent.ExportSucceeded,
            DateTimeOffset.UnixEpoch,
            new Dictionary<string,
            string>(StringComparer.Ordinal)
            { ["fileName"] = Nasty });

        var message = await WriteAsync(Webhook(
            WebhookKind.Standard,
            "en") with
        { Template = """{"name": "{{ fileName }}", "what": "{{ type }}", "quoted": {{ fileName | json }}}""" }, told);

        Assert.Equal(
            (Nasty, "export.succeeded", Nasty),
            (message["name"]!.GetValue<string>(), message["what"]!.GetValue<string>(), message["quoted"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Write_LetsNoValueMentionEverybody_InATemplateForSlack()
    {
        var told = new WebhookEvent(
            Guid.Empty,
            NotificationEvent.ExportSucceeded,
            DateTimeOffset.UnixEpoch,
            new Dictionary<string,
            string>(StringComparer.Ordinal)
            { ["fileName"] = "<!channel>" });

        var message = await WriteAsync(Webhook(WebhookKind.Slack, "en") with { Template = """{"text": "{{ fileName }}"}""" }, told);

        Assert.Equal("&lt;!channel&gt;", message["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task Write_SaysWhy_WhenTheTemplateGivesNoJson()
    {
        var told = new WebhookEvent(
            Guid.Empty,
            NotificationEvent.ExportSucceeded,
            DateTimeOffset.UnixEpoch,
            new Dictionary<string,
            string>(StringComparer.Ordinal)
            { ["fileName"] = "a\"b" });

        var (payload, problem) = await Payloads().WriteAsync(
            Webhook(WebhookKind.Standard, "en") with { Template = """{"name": "{{ fileName | raw }}"}""" }, told, CancellationToken.None);

        Assert.Null(payload);
        Assert.StartsWith("It gives no valid JSON.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_PassesTheShippedTemplates_AndNamesAnOperatorsBadOne()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "el"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "el", "alert.raised.slack.liquid"),
                "{\"text\": {{ rule }} }",
                TestContext.Current.CancellationToken);
            await new ChatTemplates(Microsoft.Extensions.Options.Options.Create(Options)).CheckAsync();

            var exception = await Assert.ThrowsAsync<OptionsValidationException>(
                () => new ChatTemplates(Microsoft.Extensions.Options.Options.Create(
                    new NotificationOptions { TemplatesFolder = folder.FullName })).CheckAsync());

            Assert.Contains("el/alert.raised.slack.liquid", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static WebhookPayloads Payloads()
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        return new WebhookPayloads(new ChatTemplates(options), options);
    }

    private static Webhook Webhook(WebhookKind kind, string language) => new()
    {
        Id = Guid.Empty,
        Name = "x",
        Kind = kind,
        Language = language,
        ShownUrl = "",
        EncryptedUrl = "",
        CreatedAt = default,
        UpdatedAt = default,
    };

    private static async Task<JsonNode> WriteAsync(Webhook webhook, WebhookEvent told)
    {
        var (payload, problem) = await Payloads().WriteAsync(webhook, told, CancellationToken.None);
        Assert.Null(problem);
        return JsonNode.Parse(payload)!;
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(pair => Texts(pair.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    /// <summary>What Teams reads as Markdown.</summary>
    private static IEnumerable<string> TextBlocks(JsonNode message) =>
        from block in message["attachments"]![0]!["content"]!["body"]!.AsArray()
        where block!["type"]!.GetValue<string>() == "TextBlock"
        select block!["text"]!.GetValue<string>();
}
