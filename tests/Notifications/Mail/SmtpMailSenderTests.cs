using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Mail;
using ExportFunctions.Tests.Notifications.Deliveries;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Notifications.Mail;

[Integration]
public sealed class SmtpMailSenderTests
{
    [Fact]
    public async Task SendAsync_DeliversBothBodies_UnderTheDeliverysId()
    {
        await using var server = await SmtpServer.StartAsync();
        var mail = MailTo("registrar@example.org") with
        {
            Attachment = new MailAttachment("βαθμοί, \"τελικοί\".csv", "text/csv; charset=utf-8", "a;β\r\n"u8.ToArray()),
        };

        var answer = await SenderFor(server.Port).SendAsync(mail, TestContext.Current.CancellationToken);
        var received = await server.NextAsync();

        Assert.Equal(DeliveryOutcome.Accepted, answer.Outcome);
        Assert.Equal($"{mail.Id:N}@example.org", received.MessageId);
        Assert.Equal(
            ("Έτοιμο: βαθμοί.csv", "Exports", "registrar@example.org"),
            (received.Subject, received.From.Mailboxes.Single().Name, received.To.Mailboxes.Single().Address));
        Assert.Equal("Γειά σου\n", received.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal("<p>Γειά σου</p>", received.HtmlBody!.Trim());
        Assert.Equal("auto-generated", received.Headers["Auto-Submitted"]);
        var file = Assert.IsType<MimeKit.MimePart>(Assert.Single(received.Attachments), exactMatch: false);
        using var content = new MemoryStream();
        await file.Content!.DecodeToAsync(content, TestContext.Current.CancellationToken);
        Assert.Equal(("βαθμοί, \"τελικοί\".csv", "text/csv"), (file.FileName, file.ContentType.MimeType));
        Assert.Equal("a;β\r\n"u8.ToArray(), content.ToArray());
    }

    [Theory]
    [InlineData("a", 120)]
    [InlineData("γ", 120)]
    [InlineData("界", 80)]
    [InlineData("🎓", 60)]
    [InlineData("a🎓", 40)]
    [InlineData("γ🎓", 40)]
    [InlineData("%'", 60)]
    public async Task SendAsync_KeepsTheLongestNames(string sign, int count)
    {
        await using var server = await SmtpServer.StartAsync();
        var name = string.Concat(Enumerable.Repeat(sign, count)) + ".csv.gz";

        await SenderFor(server.Port).SendAsync(
            MailTo("registrar@example.org") with { Attachment = new MailAttachment(name, "application/gzip", "a"u8.ToArray()) },
            TestContext.Current.CancellationToken);

        Assert.Equal(
            name, Assert.IsType<MimeKit.MimePart>(Assert.Single((await server.NextAsync()).Attachments), exactMatch: false).FileName);
    }

    [Theory]
    [InlineData("refused@example.org", DeliveryOutcome.Refused, "550")]
    [InlineData("later@example.org", DeliveryOutcome.TryLater, "451")]
    public async Task SendAsync_TellsWhatMayPassFromWhatStays(string to, DeliveryOutcome expected, string text)
    {
        await using var server = await SmtpServer.StartAsync();

        var answer = await SenderFor(server.Port).SendAsync(MailTo(to), TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.Outcome);
        Assert.StartsWith(text, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendAsync_TakesTheAnswerToData_WhateverBecomesOfTheGoodbye(bool closesAtQuit)
    {
        await using var server = new WilfulSmtpServer(closesAtQuit: closesAtQuit);

        var answer = await SenderFor(server.Port).SendAsync(MailTo("registrar@example.org"), TestContext.Current.CancellationToken);

        Assert.Equal((DeliveryOutcome.Accepted, "taken", 1), (answer.Outcome, answer.Text, server.Taken));
    }

    [Fact]
    public async Task SendAsync_IsEndedByItsDeadline_WhenTheServerDribbles()
    {
        await using var server = new WilfulSmtpServer(dribbles: true);
        var world = new NotificationsWorld { Sender = SenderFor(server.Port), Clock = TimeProvider.System };
        world.MailOptions.Timeout = TimeSpan.FromSeconds(2);
        var delivery = await world.TellAsync();

        await world.Sending().ProcessAsync(world.Sent[0], TestContext.Current.CancellationToken);

        Assert.Equal((DeliveryState.Pending, "The try did not end within 2 s."), (world[delivery.Id].State, world[delivery.Id].LastAnswer));
    }

    [Fact]
    public async Task SendAsync_TriesLater_WhenNobodyListens()
    {
        var answer = await SenderFor(9).SendAsync(MailTo("registrar@example.org"), TestContext.Current.CancellationToken);

        Assert.Equal(DeliveryOutcome.TryLater, answer.Outcome);
        Assert.Contains("SMTP_HOST", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_KeepsThePassword_WhenTheLineIsNotSecure()
    {
        await using var server = await SmtpServer.StartAsync();

        var answer = await SenderFor(
            server.Port, password: "secret").SendAsync(MailTo("registrar@example.org"), TestContext.Current.CancellationToken);

        Assert.Equal(DeliveryOutcome.TryLater, answer.Outcome);
        Assert.Contains("secure connection", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_TrustsNoCertificateOfItsOwnMaking()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, SelfSigned(), TestContext.Current.CancellationToken);
            await using var server = await SmtpServer.StartAsync(file);

            var answer = await SenderFor(
                server.Port, password: "secret").SendAsync(MailTo("registrar@example.org"), TestContext.Current.CancellationToken);

            Assert.Equal(DeliveryOutcome.TryLater, answer.Outcome);
            Assert.Contains("certificate", answer.Text, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task SendAsync_Stops_WhenItIsCanceled()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SenderFor(9).SendAsync(MailTo("registrar@example.org"), canceled.Token));
    }

    private static SmtpMailSender SenderFor(int port, string? password = null) => new(Options.Create(new MailOptions
    {
        Host = "127.0.0.1",
        Port = port,
        User = password is null ? null : "exports@example.org",
        Password = password,
        From = "Exports <exports@example.org>",
        Timeout = TimeSpan.FromSeconds(20),
    }));

    private static OutgoingMail MailTo(string to) =>
        new(Guid.CreateVersion7(), to, "Έτοιμο: βαθμοί.csv", "Γειά σου\n", "<p>Γειά σου</p>");

    private static string SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem();
    }
}
