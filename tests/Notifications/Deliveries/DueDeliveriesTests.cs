using ExportFunctions.Notifications.Deliveries;

namespace ExportFunctions.Tests.Notifications.Deliveries;

public sealed class DueDeliveriesTests
{
    private readonly NotificationsWorld _world = new();

    [Fact]
    public async Task Resend_SendsAMessage_WhenTheOneOfADueDeliveryIsGone()
    {
        _world.Answer = () => new DeliveryAnswer(DeliveryOutcome.TryLater, "451 Later");
        var untried = await _world.TellAsync();
        var tried = await _world.TellAsync("other@example.org");
        await _world.Sending().ProcessAsync(_world.Sent[1], CancellationToken.None);
        _world.Time.Advance(TimeSpan.FromDays(8));
        _world.Sent.Clear();

        var resent = await _world.Due().ResendAsync(CancellationToken.None);
        var again = await _world.Due().ResendAsync(CancellationToken.None);
        _world.Answer = () => new DeliveryAnswer(DeliveryOutcome.Accepted, "250 OK");
        foreach (var message in _world.Sent.ToList())
            await _world.Sending().ProcessAsync(message, CancellationToken.None);

        Assert.Equal((2, 0), (resent, again));
        Assert.All(new[] { untried, tried }, delivery => Assert.Equal(DeliveryState.Delivered, _world[delivery.Id].State));
        Assert.Equal(2, _world.Mails.Count);
    }

    [Fact]
    public async Task Resend_LeavesAlone_WhatWaitsItsTurn()
    {
        await _world.TellAsync();
        _world.Time.Advance(TimeSpan.FromDays(1));
        _world.InQueue = 1;

        Assert.Equal(0, await _world.Due().ResendAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Resend_LeavesAlone_WhatIsNotDueOrIsFinal()
    {
        _world.Answer = () => new DeliveryAnswer(DeliveryOutcome.TryLater, "451 Later") { RetryAfter = TimeSpan.FromHours(2) };
        await _world.TellAsync();
        await _world.Sending().ProcessAsync(_world.Sent[0], CancellationToken.None);
        _world.Answer = () => new DeliveryAnswer(DeliveryOutcome.Accepted, "250 OK");
        await _world.TellAsync("other@example.org");
        await _world.Sending().ProcessAsync(_world.Sent[^1], CancellationToken.None);
        _world.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await _world.Due().ResendAsync(CancellationToken.None));
    }
}
