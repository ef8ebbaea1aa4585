using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Tests.Exports;

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

        var resent = await _world.Due().ResendAllAsync(CancellationToken.None);
        var again = await _world.Due().ResendAllAsync(CancellationToken.None);
        _world.Answer = () => new DeliveryAnswer(DeliveryOutcome.Accepted, "250 OK");
        foreach (var message in _world.Sent.ToList())
            await _world.Sending().ProcessAsync(message, CancellationToken.None);

        Assert.Equal((2, 0), (resent, again));
        Assert.All(new[] { untried, tried }, delivery => Assert.Equal(DeliveryState.Delivered, _world[delivery.Id].State));
        Assert.Equal(2, _world.Mails.Count);
    }

    [Fact]
    public async Task Resend_SendsWhatWasRecordedAndNeverSent_AfterTwoMinutes()
    {
        var (draft, receivers) = NotificationsWorld.Draft(_world.Time.GetUtcNow());
        await Record.ExceptionAsync(
            () => _world.Outbox(Fuse.Before("SendAsync")).TellAsync(draft, receivers, CancellationToken.None));
        var unsent = (Assert.Single(_world.Deliveries), _world.Sent.Count);

        _world.Time.Advance(TimeSpan.FromSeconds(119));
        var early = await _world.Due().ResendRecentAsync(CancellationToken.None);
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        var resent = await _world.Due().ResendRecentAsync(CancellationToken.None);
        await _world.Sending().ProcessAsync(Assert.Single(_world.Sent), CancellationToken.None);

        Assert.Equal((DeliveryState.Pending, 0), (unsent.Item1.State, unsent.Count));
        Assert.Equal((0, 1), (early, resent));
        Assert.Equal(DeliveryState.Delivered, Assert.Single(_world.Deliveries).State);
    }

    [Fact]
    public async Task Resend_ReplacesTheMessageThatADeadHostHas_AndNothingIsSentTwiceWhenThatComesBack()
    {
        var delivery = await _world.TellAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(2));

        // The dead host's message is hidden, and counts.
        _world.InQueue = 1;
        var resent = await _world.Due().ResendRecentAsync(CancellationToken.None);
        await _world.Sending().ProcessAsync(_world.Sent[1], CancellationToken.None);
        _world.Time.Advance(TimeSpan.FromMinutes(8));
        await _world.Sending().ReplayAsync(delivery.Id, CancellationToken.None);
        await _world.Sending().ProcessAsync(_world.Sent[0], CancellationToken.None);
        await _world.Sending().ProcessAsync(_world.Sent[1], CancellationToken.None);
        var pending = _world[delivery.Id];
        await _world.Sending().ProcessAsync(_world.Sent[2], CancellationToken.None);

        Assert.Equal((1, DeliveryState.Pending), (resent, pending.State));
        Assert.Equal(DeliveryState.Delivered, _world[delivery.Id].State);
        Assert.Equal(2, _world.Mails.Count);
    }

    [Fact]
    public async Task Resend_TakesOver_OnceTheClaimOfADeadHostHasLapsed_AndNoSooner()
    {
        var delivery = await _world.TellAsync();
        await Record.ExceptionAsync(
            () => _world.Sending(Fuse.Before("SendAsync")).ProcessAsync(_world.Sent[0], CancellationToken.None));
        var claimed = _world[delivery.Id].Claim;

        _world.Time.Advance(_world.MailOptions.Timeout + TimeSpan.FromSeconds(119));
        var held = await _world.Due().ResendRecentAsync(CancellationToken.None);
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        var resent = await _world.Due().ResendRecentAsync(CancellationToken.None);
        await _world.Sending().ProcessAsync(_world.Sent[1], CancellationToken.None);

        Assert.NotNull(claimed);
        Assert.Equal((0, 1), (held, resent));
        Assert.Equal(DeliveryState.Delivered, _world[delivery.Id].State);
        Assert.Single(_world.Mails);
    }

    [Fact]
    public async Task Resend_LeavesAlone_WhatALivingWorkerTries()
    {
        var (reached, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        _world.BeforeAnswer = async _ =>
        {
            reached.TrySetResult();
            await answer.Task;
        };
        var delivery = await _world.TellAsync();
        _world.Time.Advance(TimeSpan.FromHours(1));

        // It waited for an hour; a worker has it now.
        var trying = _world.Sending().ProcessAsync(_world.Sent[0], CancellationToken.None);
        await reached.Task;
        var resent = await _world.Due().ResendAllAsync(CancellationToken.None);
        answer.SetResult();
        await trying;

        Assert.Equal(0, resent);
        Assert.Equal((DeliveryState.Delivered, 1), (_world[delivery.Id].State, _world[delivery.Id].Attempts));
        Assert.Single(_world.Mails);
    }

    [Fact]
    public async Task Resend_CausesNoSecondTry_WhenAWorkerIsAboutToClaim()
    {
        var delivery = await _world.TellAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(5));

        // The sweep comes between a worker's look at the record and its claim.
        var sending = _world.SendingAfterLook(async () => await _world.Due().ResendAllAsync(CancellationToken.None));
        await sending.ProcessAsync(_world.Sent[0], CancellationToken.None);
        var afterFirst = _world.Mails.Count;
        await _world.Sending().ProcessAsync(_world.Sent[1], CancellationToken.None);

        Assert.Equal((0, 2), (afterFirst, _world.Sent.Count));
        Assert.Equal((DeliveryState.Delivered, 1), (_world[delivery.Id].State, _world[delivery.Id].Attempts));
        Assert.Single(_world.Mails);
    }

    [Fact]
    public async Task Resend_PausesLongerEachTime_WhileNobodyTakesTheMessages()
    {
        await _world.TellAsync();
        var minutes = new List<int>();

        for (var minute = 1; minute <= 300; minute++)
        {
            _world.Time.Advance(TimeSpan.FromMinutes(1));
            if (await _world.Due().ResendAllAsync(CancellationToken.None) > 0)
                minutes.Add(minute);
        }

        Assert.Equal([2, 4, 8, 16, 32, 64, 124, 184, 244], minutes);
    }

    [Fact]
    public async Task Resend_LooksNoMoreOftenThanIsWorthItsCost()
    {
        var due = _world.Due();
        await due.ResendRecentAsync(CancellationToken.None);
        await _world.TellAsync();

        _world.Time.Advance(TimeSpan.FromSeconds(59));
        await due.ResendRecentAsync(CancellationToken.None);
        var looks = _world.Lists;
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await due.ResendRecentAsync(CancellationToken.None);

        Assert.Equal((1, 2), (looks, _world.Lists));
    }

    [Fact]
    public async Task Resend_LeavesAlone_WhatWaitsItsTurn()
    {
        await _world.TellAsync();
        _world.Time.Advance(TimeSpan.FromDays(1));
        _world.InQueue = 1;
        _world.HasVisible = true;

        Assert.Equal(0, await _world.Due().ResendAllAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Resend_SendsAMessage_WhenThereAreFewerThanPendingDeliveries()
    {
        await _world.TellAsync();
        await _world.TellAsync("other@example.org");
        _world.Time.Advance(TimeSpan.FromMinutes(3));
        _world.InQueue = 1;
        _world.HasVisible = true;

        Assert.Equal(2, await _world.Due().ResendAllAsync(CancellationToken.None));
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

        Assert.Equal(0, await _world.Due().ResendAllAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(FuseMoment.Before)]
    [InlineData(FuseMoment.After)]
    internal async Task Resend_LosesNothing_WhereverItsHostDies(FuseMoment moment)
    {
        for (var step = 1; step <= 5; step++)
        {
            var world = new NotificationsWorld();
            var delivery = await world.TellAsync();
            world.Sent.Clear();
            world.Time.Advance(TimeSpan.FromMinutes(2));

            await Record.ExceptionAsync(() => world.Due(new Fuse(step, moment)).ResendRecentAsync(CancellationToken.None));
            world.Time.Advance(TimeSpan.FromMinutes(3));
            await world.Due().ResendRecentAsync(CancellationToken.None);
            foreach (var message in world.Sent.ToList())
                await world.Sending().ProcessAsync(message, CancellationToken.None);

            Assert.Equal(DeliveryState.Delivered, world[delivery.Id].State);
            Assert.Single(world.Mails);
        }
    }
}
