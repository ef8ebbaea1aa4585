using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Storage;
using ExportFunctions.Tests.Notifications.Webhooks;

namespace ExportFunctions.Tests.Integration;

/// <summary>Webhooks of a running host, verified by a library we did not write.</summary>
[Integration]
public sealed class WebhookTests(AzuriteFixture azurite, SchoolFixture school)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delivery_IsVerifiedByTheReceiversLibrary_BeforeAndAfterTheSecretChanges()
    {
        await using var receiver = await NodeReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(Settings());
        var (id, secret) = await MakeAsync(app.Http, receiver.Url);
        await receiver.ChangeAsync(new JsonObject { ["secrets"] = new JsonArray(secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") });

        var export = await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""");
        await WaitAsync(app.Http, $"/api/v1/deliveries?exportId={export}&webhookId={id}", "delivered");
        var rotated = await ReadAsync(
            await app.Http.PostAsJsonAsync($"/api/v1/webhooks/{id}/rotate", new { keepOldFor = "01:00:00" }, Cancel), HttpStatusCode.OK);
        await receiver.ChangeAsync(new JsonObject { ["secrets"] = new JsonArray(secret, rotated["secret"]!.GetValue<string>()) });
        var tested = await ReadAsync(
            await app.Http.PostAsync($"/api/v1/webhooks/{id}/test?event=report.weekly", content: null, Cancel), HttpStatusCode.OK);

        Assert.Equal(("accepted", 200), (tested["outcome"]!.GetValue<string>(), tested["status"]!.GetValue<int>()));
        var calls = receiver.Calls.ToArray();
        Assert.Equal(2, calls.Length);
        Assert.Equal("[true,false] [false,false]", $"{calls[0]["verified"]!.ToJsonString()} {calls[0]["tampered"]!.ToJsonString()}");
        Assert.Equal("[true,true] [false,false]", $"{calls[1]["verified"]!.ToJsonString()} {calls[1]["tampered"]!.ToJsonString()}");
        var body = JsonNode.Parse(calls[0]["body"]!.GetValue<string>())!;
        Assert.Equal(
            ("export.succeeded", export.ToString()), (body["type"]!.GetValue<string>(), body["data"]!["exportId"]!.GetValue<string>()));
        Assert.DoesNotContain("sig=", calls[0]["body"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delivery_ComesLaterAndOnce_WhenTheReceiverWasDown()
    {
        await using var receiver = await NodeReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(Settings());
        var (id, secret) = await MakeAsync(app.Http, receiver.Url);
        await receiver.ChangeAsync(new JsonObject { ["secrets"] = new JsonArray(secret), ["listen"] = false });

        var export = await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""");
        var refused =
            await WaitForAsync(app.Http, $"/api/v1/deliveries?exportId={export}", delivery => delivery["attempts"]!.GetValue<int>() > 0);
        await receiver.ChangeAsync(new JsonObject { ["status"] = 503, ["listen"] = true });
        await WaitForAsync(
            app.Http, $"/api/v1/deliveries?exportId={export}", delivery => delivery["lastAnswer"]!.GetValue<string>() == "503");
        await receiver.ChangeAsync(new JsonObject { ["status"] = 200 });
        var delivered = await WaitAsync(app.Http, $"/api/v1/deliveries?exportId={export}", "delivered");

        Assert.Equal(
            ("pending", "It refuses the connection."), (refused["state"]!.GetValue<string>(), refused["lastAnswer"]!.GetValue<string>()));
        Assert.Equal(
            ("webhook", "Registrar", id),
            (delivered["channel"]!.GetValue<string>(), delivered["to"]!.GetValue<string>(), delivered["webhookId"]!.GetValue<string>()));
        Assert.Equal([delivered["id"]!.GetValue<string>()], receiver.Calls.Select(call => call["id"]!.GetValue<string>()).Distinct());
        var taken = Assert.Single(receiver.Calls, call => call["status"]!.GetValue<int>() == 200);
        Assert.True(taken["verified"]![0]!.GetValue<bool>());
    }

    [Fact]
    public async Task Delivery_IsMadeOnce_WhenADeadHostHasItsMessage()
    {
        await using var receiver = await LoopbackReceiver.StartAsync();
        var account = azurite.NewAccount();
        var settings = Settings(account);
        settings["Notifications:ResendAfter"] = "00:00:02";
        string export;
        await using (var first = await TestApp.StartAsync(settings, function => function is not QueueFunction { Name: "DeliverWebhook" }))
        {
            await MakeAsync(first.Http, receiver.Url);
            export = await first.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""");
            await WaitAsync(first.Http, $"/api/v1/deliveries?exportId={export}", "pending");
        }

        var queue = new QueueClient(account, StorageNames.WebhookQueue);
        var taken = (await queue.ReceiveMessageAsync(TimeSpan.FromMinutes(10), Cancel)).Value;
        await using var second = await TestApp.StartAsync(settings);
        await WaitAsync(second.Http, $"/api/v1/deliveries?exportId={export}", "delivered");
        await queue.UpdateMessageAsync(taken.MessageId, taken.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: Cancel);
        while ((await queue.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount > 0)
            await Task.Delay(100, Cancel);

        Assert.Single(receiver.Calls);
    }

    [Fact]
    public async Task Secrets_AreShownOnce_AndAreNowhereElse()
    {
        var account = azurite.NewAccount();
        await using var receiver = await LoopbackReceiver.StartAsync();
        receiver.AnswerWith(500);

        // The key is the one that a local host makes for itself.
        var settings = Settings(account);
        settings.Remove("WEBHOOK_SECRETS_KEY");
        await using var host = await HostProcess.StartAsync(settings);
        var http = host.Client.Http;
        var url = new Uri(receiver.Url, "/T000/B000/token?key=password");
        var (id, secret) = await MakeAsync(http, url);
        var slack = await ReadAsync(await http.PostAsJsonAsync(
            "/api/v1/webhooks",
            new { name = "News", url = url.AbsoluteUri, kind = "slack", language = "el" },
            Cancel), HttpStatusCode.Created);
        var slackId = slack["id"]!.GetValue<string>();

        var export = await host.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""");
        var failed = await WaitForAsync(
            http, $"/api/v1/deliveries?exportId={export}&webhookId={id}", delivery => delivery["attempts"]!.GetValue<int>() > 0);
        await http.PostAsync($"/api/v1/webhooks/{id}/test", content: null, Cancel);
        var shown = new StringBuilder(failed.ToJsonString());
        foreach (var path in new[] { "/api/v1/webhooks", $"/api/v1/webhooks/{id}", $"/api/v1/webhooks/{slackId}", "/api/v1/deliveries" })
            shown.AppendLine(await http.GetStringAsync(path, Cancel));
        await foreach (var entity in new TableServiceClient(account).GetTableClient(
            StorageNames.WebhooksTable).QueryAsync<TableEntity>(cancellationToken: Cancel))
            shown.AppendJoin('\n', entity.Select(property => property.Value));
        await foreach (var entity in new TableServiceClient(account).GetTableClient(
            StorageNames.DeliveriesTable).QueryAsync<TableEntity>(cancellationToken: Cancel))
            shown.AppendJoin('\n', entity.Select(property => property.Value));
        shown.AppendLine(host.Output);

        Assert.Null(slack["secret"]);
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.Contains("\"url\":\"http://127.0.0.1", shown.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", shown.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret["whsec_".Length..], shown.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("password", shown.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "token",
            JsonNode.Parse(await http.GetStringAsync($"/api/v1/webhooks/{slackId}", Cancel))!["url"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.Contains(
            receiver.Calls,
            call => call.Path == "/T000/B000/token" && call.Body.Contains(
                "Η εξαγωγή είναι έτοιμη", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Webhook_IsChangedOverTheStateItsOwnerSaw_AndDeleted()
    {
        await using var receiver = await LoopbackReceiver.StartAsync();
        receiver.AnswerWith(503);
        await using var app = await TestApp.StartAsync(Settings());
        var http = app.Http;
        var (id, _) = await MakeAsync(http, receiver.Url);
        var path = $"/api/v1/webhooks/{id}";
        using var first = await http.GetAsync(path, Cancel);
        var export = await app.Client.SubmitAsync("""{"dataset":"courses","format":"csv"}""");
        await WaitForAsync(http, $"/api/v1/deliveries?exportId={export}", delivery => delivery["attempts"]!.GetValue<int>() > 0);

        using var blind = await http.PutAsJsonAsync(path, new { name = "New" }, Cancel);
        using var changed = await PutAsync(http, path, first.Headers.ETag!, """{"name":"New","events":["alert.raised"]}""");
        using var stale = await PutAsync(http, path, first.Headers.ETag!, """{"name":"Newer"}""");
        using var wrong = await PutAsync(http, path, changed.Headers.ETag!, """{"name":"Newer","kind":"slack","template":"{{"}""");
        using var deleted = await http.DeleteAsync(path, Cancel);
        using var gone = await http.GetAsync(path, Cancel);
        var ended = await WaitAsync(http, $"/api/v1/deliveries?exportId={export}", "failed");

        Assert.Equal((HttpStatusCode)428, blind.StatusCode);
        var now = await ReadAsync(changed, HttpStatusCode.OK);
        Assert.Equal(("New", receiver.Url.AbsoluteUri), (now["name"]!.GetValue<string>(), now["url"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal(
            ["kind", "template"], (await ReadAsync(wrong, HttpStatusCode.BadRequest))["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, gone.StatusCode));
        Assert.Equal("Not sent: the webhook was deleted.", ended["lastAnswer"]!.GetValue<string>());
    }

    [Fact]
    public async Task BadInput_IsAnsweredWithItsFieldAndTheFix()
    {
        var settings = Settings();
        settings.Remove("Notifications:AllowedNetworks:0");
        await using var app = await TestApp.StartAsync(settings);
        var nobody = $"/api/v1/webhooks/{Guid.CreateVersion7()}";

        var wrong = await ReadAsync(
            await app.Http.PostAsJsonAsync("/api/v1/webhooks", new { name = "", url = "http://169.254.169.254/", kind = "x" }, Cancel),
            HttpStatusCode.BadRequest);
        var slack = await ReadAsync(await app.Http.PostAsJsonAsync(
            "/api/v1/webhooks",
            new { name = "x", url = "https://hooks.slack.com/services/T/B/X", kind = "slack" },
            Cancel), HttpStatusCode.Created);
        var slackPath = $"/api/v1/webhooks/{slack["id"]}";

        Assert.Equal(["kind", "name", "url"], wrong["errors"]!.AsObject().Select(error => error.Key));
        await ReadAsync(await app.Http.PostAsync($"{slackPath}/rotate", content: null, Cancel), HttpStatusCode.Conflict);
        await ReadAsync(
            await app.Http.PostAsJsonAsync($"{slackPath}/rotate", new { keepOldFor = "9.00:00:00" }, Cancel), HttpStatusCode.BadRequest);
        await ReadAsync(await app.Http.PostAsync($"{slackPath}/test?event=x", content: null, Cancel), HttpStatusCode.BadRequest);
        foreach (var part in new[] { "/test", "/rotate", "/enable" })
            await ReadAsync(await app.Http.PostAsync(nobody + part, content: null, Cancel), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Webhooks_AskForTheirKey_WhenThereIsNone()
    {
        var settings = Settings();
        settings.Remove("WEBHOOK_SECRETS_KEY");
        await using var app = await TestApp.StartAsync(settings);

        var problem = await ReadAsync(
            await app.Http.PostAsJsonAsync("/api/v1/webhooks", new { name = "x", url = "https://hooks.example.org/" }, Cancel),
            HttpStatusCode.Conflict);
        var list = await app.Http.GetFromJsonAsync<JsonNode>("/api/v1/webhooks", Cancel);

        Assert.Contains("WEBHOOK_SECRETS_KEY", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(list!["items"]!.AsArray());
    }

    private Dictionary<string, string?> Settings(string? account = null)
    {
        var settings = TestApp.Settings(account ?? azurite.NewAccount(), school.DatasetsFile);
        settings["WEBHOOK_SECRETS_KEY"] = Convert.ToBase64String(new byte[32]);
        settings["Notifications:AllowedNetworks:0"] = "127.0.0.0/8";
        for (var i = 0; i < 60; i++)
            settings[FormattableString.Invariant($"Notifications:WebhookRetryDelays:{i}")] = "00:00:01";
        return settings;
    }

    private static async Task<(string Id, string Secret)> MakeAsync(HttpClient http, Uri url)
    {
        using var response = await http.PostAsJsonAsync("/api/v1/webhooks", new { name = "Registrar", url = url.AbsoluteUri }, Cancel);
        var made = await ReadAsync(response, HttpStatusCode.Created);
        Assert.Equal($"/api/v1/webhooks/{made["id"]}", response.Headers.Location!.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        return (made["id"]!.GetValue<string>(), made["secret"]!.GetValue<string>());
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient http, string path, EntityTagHeaderValue tag, string json)
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.IfMatch.Add(tag);
        return await http.SendAsync(request, Cancel);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {body}");
        return JsonNode.Parse(body)!;
    }

    private static Task<JsonNode> WaitAsync(HttpClient http, string path, string state) =>
        WaitForAsync(http, path, delivery => delivery["state"]!.GetValue<string>() == state);

    private static async Task<JsonNode> WaitForAsync(HttpClient http, string path, Func<JsonNode, bool> isThere)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var deliveries = (await http.GetFromJsonAsync<JsonNode>(path, Cancel))!["items"]!.AsArray();
            if (deliveries is [{ } only] && isThere(only))
                return only;
            if (waited.Elapsed > Patience)
                throw new TimeoutException($"Waited in vain: {deliveries.ToJsonString()}");

            await Task.Delay(100, Cancel);
        }
    }
}
