using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ExportFunctions.Notifications.Mail;
using ExportFunctions.Tests.Notifications.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace ExportFunctions.Tests.Integration;

/// <summary>Mails from a running host.</summary>
[Integration]
public sealed class NotificationTests(AzuriteFixture azurite, SchoolFixture school)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Mail_LandsInTheDevelopmentInbox_WhenThereIsNoMailServer()
    {
        await using var app = await StartAsync();

        var id = await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv","notify":["registrar@example.org"]}""");
        var delivery = await WaitAsync(app.Http, $"/api/v1/deliveries?exportId={id}", "delivered");
        var page = await app.Http.GetStringAsync("/dev/inbox", TestContext.Current.CancellationToken);
        var mail = await app.Http.GetStringAsync($"/dev/inbox/{delivery["id"]}/html", TestContext.Current.CancellationToken);
        using var replayed =
            await app.Http.PostAsync($"/api/v1/deliveries/{delivery["id"]}/replay", content: null, TestContext.Current.CancellationToken);
        var again = await WaitAsync(app.Http, $"/api/v1/deliveries?exportId={id}&event=export.succeeded&state=delivered", "delivered");

        Assert.Equal(
            ("export.succeeded", "registrar@example.org", 1),
            (delivery["event"]!.GetValue<string>(), delivery["to"]!.GetValue<string>(), delivery["attempts"]!.GetValue<int>()));
        Assert.Contains("registrar@example.org", page, StringComparison.Ordinal);
        Assert.Contains($"/api/v1/exports/{id}/file", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", mail, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, replayed.StatusCode);
        Assert.Equal(delivery["id"]!.GetValue<string>(), again["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Mail_GoesThroughTheMailServer_WhenThereIsOne()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await StartAsync(
            ("SMTP_HOST", "127.0.0.1"),
            ("SMTP_PORT", $"{server.Port}"),
            ("SMTP_FROM", "exports@example.org"),
            ("Notifications:Language", "el"));

        var id = await app.Client.SubmitAsync(
            """{"dataset":"courses","format":"csv","fileName":"μαθήματα","notify":["registrar@example.org"]}""");
        var mail = await server.NextAsync();
        await WaitAsync(app.Http, $"/api/v1/deliveries?exportId={id}", "delivered");
        using var inbox = await app.Http.GetAsync("/dev/inbox", TestContext.Current.CancellationToken);

        Assert.StartsWith("Έτοιμο: μαθήματα.csv", mail.Subject, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, inbox.StatusCode);
    }

    [Theory]
    [InlineData(3_000_000, true)]
    [InlineData(10, false)]
    public async Task Mail_CarriesTheFile_WhenTheRequestAsksForIt_AndItIsSmall(int limit, bool isAttached)
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await StartAsync(
            ("SMTP_HOST", "127.0.0.1"), (
                "SMTP_PORT", $"{server.Port}"), ("SMTP_FROM", "exports@example.org"), ("Notifications:AttachmentLimit", $"{limit}"));

        var id = await app.Client.SubmitAsync(
            """{"dataset":"courses","format":"csv","fileName":"μαθήματα","notify":["registrar@example.org"],"attachFile":true}""");
        var mail = await server.NextAsync();
        var file = await app.Client.DownloadAsync(id);

        Assert.Contains(
            isAttached ? "The file goes with this mail." : "too large to go with a mail", mail.TextBody!, StringComparison.Ordinal);
        Assert.Contains(
            isAttached ? "The file goes with this mail." : "too large to go with a mail", mail.HtmlBody!, StringComparison.Ordinal);
        if (!isAttached)
        {
            Assert.Empty(mail.Attachments);
            return;
        }

        var attached = Assert.IsType<MimeKit.MimePart>(Assert.Single(mail.Attachments), exactMatch: false);
        using var content = new MemoryStream();
        await attached.Content!.DecodeToAsync(content, TestContext.Current.CancellationToken);
        Assert.Equal("μαθήματα.csv", attached.FileName);
        Assert.Equal(file, content.ToArray());
    }

    [Fact]
    public async Task Subscription_TellsOfWhatItIsAbout_ThroughTheMailServer()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app =
            await StartAsync(("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", $"{server.Port}"), ("SMTP_FROM", "exports@example.org"));
        using var made =
            await app.Client.PostAsync(
                """{"name":"Failures","to":["owner@example.org"],"events":["export.failed","alert.raised"]}""", "/api/v1/subscriptions");
        var path = made.Headers.Location!.ToString();

        // Every attempt waits, and this one fails.
        using var rule =
            await app.Client.PostAsync("""{"name":"Any wait","metric":"queueWait","threshold":0.000001}""", "/api/v1/alerts/rules");
        await app.Client.SubmitAsync("""{"dataset":"broken","format":"csv","retry":{"count":0}}""");
        var subjects = new[] { (await server.NextAsync()).Subject, (await server.NextAsync()).Subject };
        using var removed = await app.Http.DeleteAsync(path, TestContext.Current.CancellationToken);
        using var gone = await app.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (made.StatusCode, rule.StatusCode));
        Assert.Contains("Alert: Any wait", subjects);
        Assert.Contains(subjects, subject => subject!.Contains("broken", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.StatusCode, gone.StatusCode));
    }

    [Fact]
    public async Task AttachFile_IsRefused_WhereFilesDoNotGoWithMails()
    {
        await using var app = await StartAsync(("Notifications:AttachmentLimit", "0"));

        using var response = await app.Client.PostAsync("""{"dataset":"courses","attachFile":true}""");
        using var subscription = await app.Client.PostAsync("""{"name":"x","to":[],"events":["export.done"]}""", "/api/v1/subscriptions");
        var errors = (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["errors"]!.AsObject();
        var wrong = (await subscription.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["errors"]!.AsObject();

        Assert.Equal(["attachFile"], errors.Select(error => error.Key));
        Assert.Equal(["events[0]", "to"], wrong.Select(error => error.Key));
    }

    [Fact]
    public async Task Export_IsRefusedWithItsMails_WhileTheyWouldWaitOverAnHour_AndTakenWithout()
    {
        await using var app = await StartAsync(("Notifications:MaxMailsPerHour", "1"));
        var budget = app.Services.GetRequiredService<IMailBudget>();
        for (var taken = 0; taken < 4; taken++)
            await budget.TakeAsync(TestContext.Current.CancellationToken);

        using var refused = await app.Client.PostAsync("""{"dataset":"courses","notify":["registrar@example.org"]}""");
        using var accepted = await app.Client.PostAsync("""{"dataset":"courses"}""");

        var problem = await refused.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.Accepted), (refused.StatusCode, accepted.StatusCode));
        Assert.Equal("urn:exportfunctions:problem:too-many-mails", problem!["type"]!.GetValue<string>());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task Retry_IsRefusedWithItsMails_WhileTheyWouldWaitOverAnHour()
    {
        await using var app = await StartAsync(("Notifications:MaxMailsPerHour", "1"));
        var told = await app.Client.SubmitAsync("""{"dataset":"courses","notify":["registrar@example.org"]}""");
        var silent = await app.Client.SubmitAsync("""{"dataset":"courses"}""");
        await app.Client.WaitUntilFinalAsync(told);
        await app.Client.WaitUntilFinalAsync(silent);
        var budget = app.Services.GetRequiredService<IMailBudget>();
        for (var taken = 0; taken < 4; taken++)
            await budget.TakeAsync(TestContext.Current.CancellationToken);

        using var refused = await app.Client.PostAsync("", $"/api/v1/exports/{told}/retry");
        using var accepted = await app.Client.PostAsync("", $"/api/v1/exports/{silent}/retry");

        var problem = await refused.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.Accepted), (refused.StatusCode, accepted.StatusCode));
        Assert.Equal("urn:exportfunctions:problem:too-many-mails", problem!["type"]!.GetValue<string>());
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.FromMinutes(50));
    }

    [Fact]
    public async Task BadInput_IsAnsweredWithItsFieldAndTheFix()
    {
        await using var app = await StartAsync(("Notifications:AllowedDomains:0", "example.org"));

        using var elsewhere = await app.Client.PostAsync("""{"dataset":"courses","notify":["a@example.com","nobody"]}""");
        var errors = (await elsewhere.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["errors"]!;
        using var query =
            await app.Http.GetAsync(
                "/api/v1/deliveries?event=nothing&state=lost&exportId=7&pageSize=0", TestContext.Current.CancellationToken);
        var wrong = (await query.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["errors"]!.AsObject().Select(
            error => error.Key);
        using var unknown = await app.Http.GetAsync($"/api/v1/deliveries/{Guid.CreateVersion7()}", TestContext.Current.CancellationToken);

        Assert.Equal("Mails go to example.org only.", errors["notify[0]"]![0]!.GetValue<string>());
        Assert.NotNull(errors["notify[1]"]);
        Assert.Equal(["event", "exportId", "pageSize", "state"], wrong.Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private Task<TestApp> StartAsync(params IEnumerable<(string Name, string Value)> more)
    {
        var settings = TestApp.Settings(azurite.NewAccount(), school.DatasetsFile);
        settings["ENABLE_EMAIL_NOTIFICATIONS"] = "1";
        foreach (var (name, value) in more)
            settings[name] = value;
        return TestApp.StartAsync(settings);
    }

    private static async Task<JsonNode> WaitAsync(HttpClient http, string path, string state)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var deliveries = (await http.GetFromJsonAsync<JsonNode>(path, TestContext.Current.CancellationToken))!["items"]!.AsArray();
            if (deliveries is [{ } only] && only["state"]!.GetValue<string>() == state)
                return only;
            if (waited.Elapsed > Patience)
                throw new TimeoutException($"Waited in vain: {deliveries.ToJsonString()}");

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
