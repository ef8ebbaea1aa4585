using System.Net;
using System.Text.Json.Nodes;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Mail;
using ExportFunctions.Tests.Notifications.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Notifications.Mail;

public sealed class SendGridMailSenderTests
{
    [Theory]
    [InlineData(202, DeliveryOutcome.Accepted)]
    [InlineData(400, DeliveryOutcome.Refused)]
    [InlineData(401, DeliveryOutcome.TryLater)]
    [InlineData(429, DeliveryOutcome.TryLater)]
    [InlineData(503, DeliveryOutcome.TryLater)]
    public async Task SendAsync_SpeaksToTheApi_AndTellsWhatMayPass(int status, DeliveryOutcome expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var stub = builder.Build();
        (string? Key, JsonNode? Body) asked = default;
        stub.MapPost("/v3/mail/send", async (HttpRequest request) =>
        {
            asked = (request.Headers.Authorization, await JsonNode.ParseAsync(request.Body));
            return Results.StatusCode(status);
        });
        await stub.StartAsync(TestContext.Current.CancellationToken);
        var mail = new OutgoingMail(Guid.CreateVersion7(), "registrar@example.org", "Ready", "text", "<p>html</p>")
        {
            Attachment = new MailAttachment("βαθμοί.csv", "text/csv", "a;β\n"u8.ToArray()),
        };
        using var sender = new SendGridMailSender(
            Options.Create(
                new MailOptions { SendGridKey = "SG.key", SendGridHost = stub.Urls.First(), From = "Exports <exports@example.org>" }));

        var answer = await sender.SendAsync(mail, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.Outcome);
        Assert.DoesNotContain("SG.key", answer.Text, StringComparison.Ordinal);
        Assert.Equal("Bearer SG.key", asked.Key);
        Assert.Equal("registrar@example.org", asked.Body!["personalizations"]![0]!["to"]![0]!["email"]!.GetValue<string>());
        Assert.Equal(("exports@example.org", "Ready"), (
            asked.Body["from"]!["email"]!.GetValue<string>(),
            (asked.Body["subject"] ?? asked.Body["personalizations"]![0]!["subject"])!.GetValue<string>()));
        var file = asked.Body["attachments"]![0]!;
        Assert.Equal(("βαθμοί.csv", "text/csv"), (file["filename"]!.GetValue<string>(), file["type"]!.GetValue<string>()));
        Assert.Equal("a;β\n"u8.ToArray(), Convert.FromBase64String(file["content"]!.GetValue<string>()));
        Assert.Equal(["text/plain", "text/html"], asked.Body["content"]!.AsArray().Select(part => part!["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task SendAsync_GoesByTheStatus_WhenTheBodyNeverEnds()
    {
        await using var receiver = await LoopbackReceiver.StartAsync();
        receiver.Answer = async context =>
        {
            context.Response.StatusCode = 202;
            await context.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromMinutes(5), context.RequestAborted);
        };
        var host = receiver.Url.GetLeftPart(UriPartial.Authority);
        using var sender = new SendGridMailSender(
            Options.Create(new MailOptions { SendGridKey = "SG.key", SendGridHost = host, From = "exports@example.org" }));

        var answer = await sender.SendAsync(
            new OutgoingMail(Guid.CreateVersion7(), "a@example.org", "s", "t", "h"),
            TestContext.Current.CancellationToken);

        Assert.Equal((DeliveryOutcome.Accepted, "SendGrid answered 202"), (answer.Outcome, answer.Text));
    }

    [Fact]
    public async Task SendAsync_TriesLater_WhenNobodyListens()
    {
        using var sender = new SendGridMailSender(
            Options.Create(new MailOptions { SendGridKey = "SG.key", SendGridHost = "http://127.0.0.1:9", From = "exports@example.org" }));

        var answer = await sender.SendAsync(
            new OutgoingMail(Guid.CreateVersion7(), "a@example.org", "s", "t", "h"), TestContext.Current.CancellationToken);

        Assert.Equal(DeliveryOutcome.TryLater, answer.Outcome);
    }
}
