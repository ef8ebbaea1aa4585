using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Notifications.Mail;
using ExportFunctions.Outages;
using ExportFunctions.Tests.Notifications.Deliveries;
using ExportFunctions.Tests.Outages;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Notifications.Mail;

public sealed class WatchedMailSenderTests
{
    [Fact]
    public async Task MailServer_IsSaidOnceToBeAway_HoweverManyMailsWait_AndOnceToBeBack()
    {
        var time = new FakeTimeProvider();
        var log = new LogLines<OutageLog>();
        var outages = new OutageLog(time, log);
        var isAway = true;
        var sender = new Sender(() => isAway
            ? new DeliveryAnswer(DeliveryOutcome.TryLater, "Away") { IsOutage = true }
            : new DeliveryAnswer(DeliveryOutcome.TryLater, "451 Later"));
        var world = new NotificationsWorld { Sender = new WatchedMailSender(sender, "mail.example.org:587", outages, time) };

        for (var mail = 0; mail < 20; mail++)
        {
            await world.TellAsync();
            await world.Sending().ProcessAsync(world.Sent[^1], CancellationToken.None);
        }

        isAway = false;
        time.Advance(TimeSpan.FromSeconds(12));
        await world.TellAsync();
        await world.Sending().ProcessAsync(world.Sent[^1], CancellationToken.None);

        Assert.Equal(
            [
                "The mail server can't be reached at mail.example.org:587: it can't be connected to, or broke off. Trying again.",
                "The mail server answers again after 12 s.",
            ],
            log.Texts);
    }

    private sealed class Sender(Func<DeliveryAnswer> answer) : IMailSender
    {
        public Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken cancellationToken) =>
            Task.FromResult(answer());
    }
}
