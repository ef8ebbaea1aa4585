using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ExportFunctions.Notifications;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Receivers;
using ExportFunctions.Notifications.Webhooks;
using ExportFunctions.Notifications.Webhooks.Secrets;
using ExportFunctions.Tests.Exports;
using Microsoft.AspNetCore.Http;

namespace ExportFunctions.Tests.Notifications.Webhooks.Sending;

public sealed class WebhookChannelTests : IAsyncLifetime
{
    private readonly WebhooksWorld _world = new();
    private LoopbackReceiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await LoopbackReceiver.StartAsync();

    [Fact]
    public async Task Process_SendsAsStandardWebhooksSays()
    {
        var (webhook, secret) = await _world.AddAsync(_receiver.Url);
        var delivery = await _world.TellAsync(webhook);

        await _world.DeliverAsync(delivery);

        var call = Assert.Single(_receiver.Calls);
        Assert.Equal(
            (delivery.Id.ToString(), "1788249600", "application/json"),
            (call.Headers["webhook-id"], call.Headers["webhook-timestamp"], call.Headers["Content-Type"]));
        Assert.Equal(
            SigningSecret.Sign(secret!, delivery.Id.ToString(), _world.Deliveries.Time.GetUtcNow(), Encoding.UTF8.GetBytes(call.Body)),
            call.Headers["webhook-signature"]);
        Assert.Equal(
            """{"type":"export.succeeded","timestamp":"2026-09-01T08:00:00.000Z","data":{"exportId":"019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21","dataset":"students","format":"csv","status":"succeeded","link":"https://exports.example.org/api/v1/exports/019a3f0c-7d52-7cc1-9a54-6f1f0d3b8e21/file"}}""",
            call.Body);
        Assert.Equal((DeliveryState.Delivered, "200"), (State(delivery), Said(delivery)));
    }

    [Fact]
    public async Task Process_SignsWithBothSecrets_UntilTheOldOneEnds()
    {
        var (webhook, old) = await _world.AddAsync(_receiver.Url);
        var rotated = (await _world.Changes().RotateAsync(webhook.Id, TimeSpan.FromHours(1), CancellationToken.None))!.Value;
        var (first, second) = (await _world.TellAsync(webhook), await _world.TellAsync(webhook));

        await _world.DeliverAsync(first);
        _world.Deliveries.Time.Advance(TimeSpan.FromHours(1));
        await _world.DeliverAsync(second);

        var calls = _receiver.Calls.ToArray();
        var body = Encoding.UTF8.GetBytes(calls[0].Body);
        var sentAt = _world.Deliveries.Time.GetUtcNow().AddHours(-1);
        Assert.Equal(
            $"{SigningSecret.Sign(rotated.Secret!, first.Id.ToString(), sentAt, body)}"
                + $" {SigningSecret.Sign(old!, first.Id.ToString(), sentAt, body)}",
            calls[0].Headers["webhook-signature"]);
        Assert.DoesNotContain(' ', calls[1].Headers["webhook-signature"]);
        Assert.NotEqual(old, rotated.Secret);
    }

    [Fact]
    public async Task Process_SignsWithEverySecret_ForTheWholeTimeItWasPromised()
    {
        var (webhook, first) = await _world.AddAsync(_receiver.Url);
        var second = (await _world.Changes().RotateAsync(webhook.Id, TimeSpan.FromDays(1), CancellationToken.None))!.Value.Secret;
        _world.Deliveries.Time.Advance(TimeSpan.FromHours(1));
        var third = (await _world.Changes().RotateAsync(webhook.Id, TimeSpan.FromHours(2), CancellationToken.None))!.Value.Secret;
        var fourth = (await _world.Changes().RotateAsync(webhook.Id, TimeSpan.Zero, CancellationToken.None))!.Value.Secret;

        string?[][] expected = [[fourth, second, first], [fourth, first], [fourth]];
        foreach (var (secrets, index) in expected.Select((secrets, index) => (secrets, index)))
        {
            var delivery = await _world.TellAsync(webhook);
            await _world.DeliverAsync(delivery);
            var call = _receiver.Calls.Last();
            var now = _world.Deliveries.Time.GetUtcNow();
            var signatures = secrets.Select(
                secret => SigningSecret.Sign(secret!, delivery.Id.ToString(), now, Encoding.UTF8.GetBytes(call.Body)));
            Assert.Equal(string.Join(' ', signatures), call.Headers["webhook-signature"]);
            _world.Deliveries.Time.Advance(index == 0 ? TimeSpan.FromHours(2) : TimeSpan.FromHours(21));
        }

        Assert.NotEqual(third, fourth);
    }

    [Fact]
    public async Task Rotate_IsRefused_WhileTooManySecretsSign()
    {
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        for (var i = 0; i < WebhookChanges.MaxOldSecrets; i++)
            Assert.NotNull((await _world.Changes().RotateAsync(webhook.Id, TimeSpan.FromDays(1), CancellationToken.None))!.Value.Secret);

        var refused = await _world.Changes().RotateAsync(webhook.Id, TimeSpan.FromDays(1), CancellationToken.None);
        _world.Deliveries.Time.Advance(TimeSpan.FromDays(1));
        var after = await _world.Changes().RotateAsync(webhook.Id, TimeSpan.FromDays(1), CancellationToken.None);

        Assert.Null(refused!.Value.Secret);
        Assert.NotNull(after!.Value.Secret);
        Assert.Single(_world[webhook.Id].OldSecrets);
    }

    [Theory]
    [InlineData(429, "7200", 7200)]
    [InlineData(429, null, 60)]
    [InlineData(503, "7200", 7200)]
    public async Task Process_HoldsBackEveryDelivery_WhenTheReceiverAsksForIt(int status, string? retryAfter, int seconds)
    {
        _receiver.AnswerWith(status, "", retryAfter is null ? [] : [("Retry-After", retryAfter)]);
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        var (other, _) = await _world.AddAsync(new Uri(_receiver.Url, "/other"));
        var (first, second, elsewhere) = (await _world.TellAsync(webhook), await _world.TellAsync(webhook), await _world.TellAsync(other));

        await _world.DeliverAsync(first);
        _receiver.AnswerWith(200);
        await _world.DeliverAsync(second);
        await _world.DeliverAsync(elsewhere);
        var held = (State(second), _world.Deliveries[second.Id].Attempts, _world.Deliveries.Messages[^1].Pause.TotalSeconds);
        _world.Deliveries.Time.Advance(TimeSpan.FromSeconds(seconds));
        await _world.DeliverAsync(second);

        Assert.Equal((DeliveryState.Pending, 0), (held.Item1, held.Item2));
        Assert.InRange(held.Item3, seconds, seconds * 1.2);
        Assert.Equal((DeliveryState.Delivered, 1), (State(second), _world.Deliveries[second.Id].Attempts));
        Assert.Equal(["/in", "/other", "/in"], _receiver.Calls.Select(call => call.Path));
        Assert.Equal(DeliveryState.Delivered, State(elsewhere));
    }

    [Fact]
    public async Task Process_HoldsBackNobodyElse_WhenAReceiverIsSlow()
    {
        var reached = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        _receiver.Answer = async context =>
        {
            if (context.Request.Path != "/slow")
                return;
            reached.TrySetResult();
            await answer.Task;
        };
        _world.Options.WebhookTimeout = TimeSpan.FromMinutes(1);
        var (slow, _) = await _world.AddAsync(new Uri(_receiver.Url, "/slow"));
        var (quick, _) = await _world.AddAsync(_receiver.Url);
        var slowOnes = new[] { await _world.TellAsync(slow), await _world.TellAsync(slow), await _world.TellAsync(slow) };
        var quickOne = await _world.TellAsync(quick);
        var calling = _world.DeliverAsync(slowOnes[0]);
        await reached.Task;
        _world.Deliveries.Time.Advance(TimeSpan.FromSeconds(2));

        // The places that they would take are free again at once.
        await _world.DeliverAsync(slowOnes[1]);
        await _world.DeliverAsync(slowOnes[2]);
        await _world.DeliverAsync(quickOne);
        var calls = _receiver.Calls.Select(call => call.Path).ToList();
        answer.SetResult();
        await calling;

        Assert.Equal(["/slow", "/in"], calls);
        Assert.Equal(
            (DeliveryState.Delivered, DeliveryState.Pending, DeliveryState.Pending),
            (State(quickOne), State(slowOnes[1]), State(slowOnes[2])));
        Assert.All(_world.Deliveries.Messages.Skip(4), message => Assert.InRange(message.Pause.TotalSeconds, 5, 15));
    }

    [Fact]
    public async Task Process_TriesAgainByTheTable_WithTheSameIdAndItsOwnTime()
    {
        _receiver.AnswerWith(503, "Down for\n maintenance\u0007");
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        var delivery = await _world.TellAsync(webhook);

        for (var attempt = 1; attempt <= 12; attempt++)
        {
            await _world.DeliverAsync(delivery);
            _world.Deliveries.Time.Advance(TimeSpan.FromSeconds(10));
        }

        double[] table = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
        var pauses = _world.Deliveries.Messages.Skip(1).Select(message => message.Pause.TotalSeconds).ToArray();
        Assert.Equal(table.Length, pauses.Length);
        Assert.All(pauses.Zip(table), pause => Assert.InRange(pause.First, pause.Second, pause.Second * 1.2));
        Assert.Equal(10, _receiver.Calls.Count);
        Assert.Equal([delivery.Id.ToString()], _receiver.Calls.Select(call => call.Headers["webhook-id"]).Distinct());
        Assert.Equal(10, _receiver.Calls.Select(call => call.Headers["webhook-timestamp"]).Distinct().Count());
        Assert.Equal((DeliveryState.Failed, "503: Down for maintenance"), (State(delivery), Said(delivery)));
    }

    [Theory]
    [InlineData("7200", 7200)]
    [InlineData("Tue, 01 Sep 2026 09:00:00 GMT", 3600)]
    [InlineData("99999999", 86_400)]
    [InlineData("Tue, 01 Sep 2099 09:00:00 GMT", 86_400)]
    [InlineData("Tue, 01 Sep 2020 09:00:00 GMT", 5)]
    [InlineData("soon", 5)]
    public async Task Process_WaitsAsLongAsItIsAsked_WithinBounds(string retryAfter, int seconds)
    {
        _receiver.AnswerWith(503, "", ("Retry-After", retryAfter));
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        var delivery = await _world.TellAsync(webhook);

        await _world.DeliverAsync(delivery);

        Assert.InRange(_world.Deliveries.Messages[^1].Pause.TotalSeconds, seconds, Math.Max(seconds, 6));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task Process_SlowsDown_WhenTheReceiverIsOverloaded(int status)
    {
        _receiver.AnswerWith(status);
        var (webhook, _) = await _world.AddAsync(_receiver.Url);

        await _world.DeliverAsync(await _world.TellAsync(webhook));

        Assert.Equal(60, _world.Deliveries.Messages[^1].Pause.TotalSeconds);
    }

    [Fact]
    public async Task Process_DisablesTheWebhookAndEndsWhatWaits_WhenItIsGone()
    {
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        _receiver.AnswerWith(503);
        var waiting = await _world.TellAsync(webhook);
        await _world.DeliverAsync(waiting);
        _receiver.AnswerWith(410, "Gone fishing");
        var last = await _world.TellAsync(webhook);

        await _world.DeliverAsync(last);
        await _world.DeliverAsync(waiting);

        Assert.Equal((false, "It answered 410: Gone fishing"), (_world[webhook.Id].Enabled, _world[webhook.Id].DisabledBecause));
        Assert.Equal((DeliveryState.Failed, "410: Gone fishing"), (State(last), Said(last)));
        Assert.Equal(
            (DeliveryState.Failed, "Not sent: the webhook is disabled. It answered 410: Gone fishing"), (State(waiting), Said(waiting)));
        Assert.Equal(2, _receiver.Calls.Count);
        Assert.Empty(await _world.Receivers().FindAsync(new Happening(NotificationEvent.ExportSucceeded), CancellationToken.None));
    }

    [Fact]
    public async Task Process_DisablesTheWebhook_WhenItFailsForDays_AndCountsAnewOnceItIsEnabled()
    {
        _receiver.AnswerWith(500);
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        await _world.DeliverAsync(await _world.TellAsync(webhook));

        _world.Deliveries.Time.Advance(TimeSpan.FromDays(4.9));
        await _world.DeliverAsync(await _world.TellAsync(webhook));
        var before = _world[webhook.Id].Enabled;
        _world.Deliveries.Time.Advance(TimeSpan.FromDays(0.2));
        await _world.DeliverAsync(await _world.TellAsync(webhook));
        var after = _world[webhook.Id];
        await _world.Changes().EnableAsync(webhook.Id, CancellationToken.None);
        await _world.DeliverAsync(await _world.TellAsync(webhook));

        Assert.Equal((true, false), (before, after.Enabled));
        Assert.Equal("It has failed since 2026-09-01 08:00 UTC. The last answer: 500", after.DisabledBecause);
        Assert.True(_world[webhook.Id].Enabled);
    }

    [Fact]
    public async Task Process_ForgetsFailures_OnceItSucceeds()
    {
        _receiver.AnswerWith(500);
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        await _world.DeliverAsync(await _world.TellAsync(webhook));
        _receiver.AnswerWith(200);
        await _world.DeliverAsync(await _world.TellAsync(webhook));

        Assert.Null(await _world.Store().FindFailingSinceAsync(webhook.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Process_FollowsNoRedirect()
    {
        _receiver.AnswerWith(302, "", ("Location", new Uri(_receiver.Url, "/elsewhere").AbsoluteUri));
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        var delivery = await _world.TellAsync(webhook);

        await _world.DeliverAsync(delivery);

        Assert.Equal(["/in"], _receiver.Calls.Select(call => call.Path));
        Assert.Equal(DeliveryState.Pending, State(delivery));
        Assert.StartsWith("302: it leads elsewhere", Said(delivery), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, DeliveryState.Delivered, "200: tak")]
    [InlineData(204, DeliveryState.Delivered, "204")]
    [InlineData(503, DeliveryState.Pending, "503: tak")]
    public async Task Process_GoesByTheStatus_WhenTheBodyNeverEnds(int status, DeliveryState state, string said)
    {
        _receiver.Answer = async context =>
        {
            context.Response.StatusCode = status;
            if (status != 204)
                await context.Response.WriteAsync("tak");
            await context.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromMinutes(5), context.RequestAborted);
        };
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        var delivery = await _world.TellAsync(webhook);

        await _world.DeliverAsync(delivery);

        Assert.Equal((state, said), (State(delivery), Said(delivery)));
        Assert.Single(_receiver.Calls);
    }

    [Fact]
    public async Task Process_UsesEachConnectionOnce_SoThatNoneIsDead()
    {
        await using var receiver = new SilentlyClosingReceiver();
        var (webhook, _) = await _world.AddAsync(receiver.Url);

        for (var i = 0; i < 20; i++)
        {
            var delivery = await _world.TellAsync(webhook);
            await _world.DeliverAsync(delivery);
            Assert.Equal((DeliveryState.Delivered, 1), (State(delivery), _world.Deliveries[delivery.Id].Attempts));
        }

        Assert.Equal(20, receiver.Connections);
    }

    [Fact]
    public async Task Process_EndsACall_ThatTakesTooLong()
    {
        _world.Options.WebhookTimeout = TimeSpan.FromSeconds(1);
        _receiver.Answer = context => Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted);
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        var delivery = await _world.TellAsync(webhook);

        await _world.DeliverAsync(delivery);

        Assert.Equal((DeliveryState.Pending, "It gave no answer within 1 s."), (State(delivery), Said(delivery)));
    }

    [Fact]
    public async Task Process_KeepsLittleOfALongAnswer()
    {
        _receiver.Answer = async context =>
        {
            context.Response.StatusCode = 500;
            var part = new string('x', 1024 * 1024);
            for (var i = 0; i < 50 && !context.RequestAborted.IsCancellationRequested; i++)
                await context.Response.WriteAsync(part, context.RequestAborted);
        };
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        var delivery = await _world.TellAsync(webhook);

        await _world.DeliverAsync(delivery);

        Assert.InRange(Said(delivery)!.Length, 100, 400);
    }

    [Fact]
    public async Task Process_SaysWhy_WhenNobodyListens()
    {
        await _receiver.DisposeAsync();
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        var delivery = await _world.TellAsync(webhook);

        await _world.DeliverAsync(delivery);

        Assert.Equal((DeliveryState.Pending, "It refuses the connection."), (State(delivery), Said(delivery)));
    }

    [Fact]
    public async Task Process_TrustsNoCertificate_ThatNobodyVouchesFor()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate =
            request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await using var receiver = await LoopbackReceiver.StartAsync(certificate);
        var (webhook, _) = await _world.AddAsync(receiver.Url);
        var delivery = await _world.TellAsync(webhook);

        await _world.DeliverAsync(delivery);

        Assert.Equal("https", receiver.Url.Scheme);
        Assert.Equal(
            (DeliveryState.Pending, "No secure connection: its certificate is not valid for it."), (State(delivery), Said(delivery)));
        Assert.Empty(receiver.Calls);
    }

    [Theory]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    public async Task Process_SendsNothing_ToAnAddressThatIsRefused(string url)
    {
        var (webhook, _) = await _world.AddAsync(new Uri(url));
        var delivery = await _world.TellAsync(webhook);

        await _world.DeliverAsync(delivery);

        Assert.Equal(DeliveryState.Failed, State(delivery));
        Assert.StartsWith("Not sent: The host leads to an address that is", Said(delivery), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WebhookKind.Slack, 400, "invalid_payload", true)]
    [InlineData(WebhookKind.Slack, 404, "no_service", false)]
    [InlineData(WebhookKind.Slack, 410, "channel_is_archived", false)]
    [InlineData(WebhookKind.Teams, 404, "WorkflowNotFound", false)]
    public async Task Process_FailsForGood_WhenSlackOrTeamsSaySo(WebhookKind kind, int status, string answer, bool staysEnabled)
    {
        _receiver.AnswerWith(status, answer);
        var (webhook, secret) = await _world.AddAsync(_receiver.Url, kind);
        var delivery = await _world.TellAsync(webhook);

        await _world.DeliverAsync(delivery);

        Assert.Null(secret);
        Assert.DoesNotContain("webhook-signature", Assert.Single(_receiver.Calls).Headers.Keys);
        Assert.Equal(
            (DeliveryState.Failed, string.Create(CultureInfo.InvariantCulture, $"{status}: {answer}"), staysEnabled),
            (State(delivery), Said(delivery), _world[webhook.Id].Enabled));
    }

    [Fact]
    public async Task Process_TriesAgain_WhenSlackIsAskedTooOften()
    {
        _receiver.AnswerWith(429, "rate_limited", ("Retry-After", "30"));
        var (webhook, _) = await _world.AddAsync(_receiver.Url, WebhookKind.Slack);
        var delivery = await _world.TellAsync(webhook);

        await _world.DeliverAsync(delivery);

        Assert.Equal((DeliveryState.Pending, 30), (State(delivery), _world.Deliveries.Messages[^1].Pause.TotalSeconds));
    }

    [Fact]
    public async Task Delete_EndsWhatWaits()
    {
        _receiver.AnswerWith(503);
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        var delivery = await _world.TellAsync(webhook);
        await _world.DeliverAsync(delivery);
        var untried = await _world.TellAsync(webhook);

        await _world.Changes().DeleteAsync(_world[webhook.Id], CancellationToken.None);
        await _world.DeliverAsync(untried);

        Assert.All(
            new[] { delivery, untried },
            one => Assert.Equal((DeliveryState.Failed, "Not sent: the webhook was deleted."), (State(one), Said(one))));
        Assert.Single(_receiver.Calls);
    }

    [Fact]
    public async Task Replay_SendsUnderTheSameId()
    {
        _receiver.AnswerWith(410);
        var (webhook, _) = await _world.AddAsync(_receiver.Url);
        var delivery = await _world.TellAsync(webhook);
        await _world.DeliverAsync(delivery);
        _receiver.AnswerWith(204);
        await _world.Changes().EnableAsync(webhook.Id, CancellationToken.None);

        await _world.Deliveries.Sending().ReplayAsync(delivery.Id, CancellationToken.None);
        await _world.DeliverAsync(delivery);

        Assert.Equal(DeliveryState.Delivered, State(delivery));
        Assert.Equal([delivery.Id.ToString(), delivery.Id.ToString()], _receiver.Calls.Select(call => call.Headers["webhook-id"]));
    }

    [Fact]
    public async Task Find_GivesTheWebhooksThatWantTheEvent()
    {
        var (all, _) = await _world.AddAsync(_receiver.Url);
        var (some, _) = await _world.AddAsync(
            _receiver.Url, filter: new SubscriptionFilter { Events = ["export.failed"], Datasets = ["students"], Formats = ["csv"] });
        var (off, _) = await _world.AddAsync(_receiver.Url);
        await _world.Changes().ReplaceAsync(_world[off.Id], new() { Name = "Off", Enabled = false }, CancellationToken.None);

        var failed =
            await _world.Receivers().FindAsync(new Happening(NotificationEvent.ExportFailed, "students", "csv"), CancellationToken.None);
        var other =
            await _world.Receivers().FindAsync(new Happening(NotificationEvent.ExportFailed, "grades", "csv"), CancellationToken.None);

        Assert.Equal(new HashSet<Guid?> { all.Id, some.Id }, failed.Select(receiver => receiver.WebhookId).ToHashSet());
        Assert.Equal([all.Id], other.Select(receiver => receiver.WebhookId!.Value));
    }

    [Fact]
    public async Task Test_SendsTheSameWay_AndSaysWhatItGot()
    {
        _receiver.AnswerWith(418, "short and stout");
        var (webhook, secret) = await _world.AddAsync(_receiver.Url);

        var answer = await _world.Trial().SendAsync(webhook, NotificationEvent.AlertRaised, CancellationToken.None);

        var call = Assert.Single(_receiver.Calls);
        Assert.Equal((418, "418: short and stout", DeliveryOutcome.TryLater), (answer.Status, answer.Text, answer.Outcome));
        Assert.Equal(
            SigningSecret.Sign(secret!, call.Headers["webhook-id"], _world.Deliveries.Time.GetUtcNow(), Encoding.UTF8.GetBytes(call.Body)),
            call.Headers["webhook-signature"]);
        Assert.Contains("\"test\":true", call.Body, StringComparison.Ordinal);
        Assert.Empty(_world.Deliveries.Deliveries);
    }

    [Theory]
    [InlineData(FuseMoment.Before, 200)]
    [InlineData(FuseMoment.After, 200)]
    [InlineData(FuseMoment.Before, 410)]
    [InlineData(FuseMoment.After, 410)]
    internal async Task Process_LosesNothing_AndKeepsItsId_WhereverTheHostDies(FuseMoment moment, int status)
    {
        _receiver.AnswerWith(status);
        await Deaths.AtEachStepAsync(moment, min: 3, max: 19, async fuse =>
        {
            using var world = new WebhooksWorld();
            var (webhook, _) = await world.AddAsync(_receiver.Url);
            var delivery = await world.TellAsync(webhook);
            _receiver.Calls.Clear();

            await Record.ExceptionAsync(() => world.DeliverAsync(delivery, fuse));
            world.Deliveries.Time.Advance(TimeSpan.FromMinutes(10));
            await world.DeliverAsync(delivery);

            Assert.Equal(status == 200 ? DeliveryState.Delivered : DeliveryState.Failed, world.Deliveries[delivery.Id].State);
            Assert.Equal(status == 200, world[webhook.Id].Enabled);
            Assert.Equal([delivery.Id.ToString()], _receiver.Calls.Select(call => call.Headers["webhook-id"]).Distinct());
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _world.Dispose();
    }

    private DeliveryState State(Delivery delivery) => _world.Deliveries[delivery.Id].State;

    private string? Said(Delivery delivery) => _world.Deliveries[delivery.Id].LastAnswer;
}
