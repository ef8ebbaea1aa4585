using ExportFunctions.Notifications.Deliveries;
using ExportFunctions.Tests.Exports;

namespace ExportFunctions.Tests.Notifications.Deliveries;

public sealed class DeliverySendingTests
{
    private readonly NotificationsWorld _world = new();

    [Fact]
    public async Task Process_DeliversOnce_HoweverOftenItsMessageComes()
    {
        var delivery = await _world.TellAsync();

        await DeliverAsync(delivery);
        await DeliverAsync(delivery);

        Assert.Equal(
            (DeliveryState.Delivered, 1, "250 OK"),
            (_world[delivery.Id].State, _world[delivery.Id].Attempts, _world[delivery.Id].LastAnswer));
        Assert.Equal(delivery.Id, Assert.Single(_world.Mails).Id);
    }

    [Fact]
    public async Task Process_SendsOnce_WhenTheSweepTellsAgainWhileAWorkerSends()
    {
        var (reached, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        _world.BeforeAnswer = async _ =>
        {
            reached.TrySetResult();
            await answer.Task;
        };
        var (draft, receivers) = NotificationsWorld.Draft(_world.Time.GetUtcNow());
        await _world.Outbox().TellAsync(draft, receivers, CancellationToken.None);
        var first = _world.Sending().ProcessAsync(_world.Sent[0], CancellationToken.None);
        await reached.Task;

        // The sweep follows up once more on an export whose follow-up is not through yet: the delivery has no try in its record so far.
        await _world.Outbox().TellAsync(draft, receivers, CancellationToken.None);
        await _world.Sending().ProcessAsync(_world.Sent[1], CancellationToken.None);
        answer.SetResult();
        await first;
        await _world.Sending().ProcessAsync(_world.Sent[2], CancellationToken.None);

        Assert.Equal([0, 0, 5], _world.Messages.Select(message => message.Pause.TotalSeconds));
        Assert.Equal((DeliveryState.Delivered, 1), (Assert.Single(_world.Deliveries).State, Assert.Single(_world.Deliveries).Attempts));
        Assert.Single(_world.Mails);
    }

    [Fact]
    public async Task Process_LeavesATryAlone_ThatAnotherMessageHasMadeAlready()
    {
        _world.Answer = () => new DeliveryAnswer(DeliveryOutcome.TryLater, "451 Later");
        var delivery = await _world.TellAsync();

        await _world.Sending().ProcessAsync(_world.Sent[0], CancellationToken.None);
        await _world.Sending().ProcessAsync(_world.Sent[0], CancellationToken.None);

        Assert.Equal((1, 2), (_world[delivery.Id].Attempts, _world.Messages.Count));
    }

    [Fact]
    public async Task Process_TakesOver_OnceTheClaimOfADeadHostHasLapsed()
    {
        var delivery = await _world.TellAsync();
        await Record.ExceptionAsync(
            () => _world.Sending(Fuse.Before("SendAsync")).ProcessAsync(_world.Sent[0], CancellationToken.None));

        _world.Time.Advance(_world.MailOptions.Timeout);
        await DeliverAsync(delivery);
        var held = _world[delivery.Id];
        _world.Time.Advance(TimeSpan.FromMinutes(2));
        await DeliverAsync(delivery);

        Assert.Equal((DeliveryState.Pending, true), (held.State, held.Claim is not null));
        Assert.Equal((DeliveryState.Delivered, null), (_world[delivery.Id].State, _world[delivery.Id].Claim));
        Assert.Single(_world.Mails);
    }

    [Fact]
    public async Task Process_GivesTheDeliveryBack_WhenTheHostStops()
    {
        using var stop = new CancellationTokenSource();
        _world.BeforeAnswer = async cancellationToken =>
        {
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        };
        var delivery = await _world.TellAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _world.Sending().ProcessAsync(_world.Sent[0], stop.Token));
        var given = _world[delivery.Id];
        _world.BeforeAnswer = _ => Task.CompletedTask;
        await _world.Sending().ProcessAsync(_world.Sent[0], CancellationToken.None);

        Assert.Equal((0, null), (given.Attempts, given.Claim));
        Assert.Equal(DeliveryState.Delivered, _world[delivery.Id].State);
    }

    [Fact]
    public async Task Process_EndsATry_AtItsDeadline()
    {
        var reached = new TaskCompletionSource();
        _world.BeforeAnswer = async cancellationToken =>
        {
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        };
        var delivery = await _world.TellAsync();

        var trying = DeliverAsync(delivery);
        await reached.Task;
        _world.Time.Advance(_world.MailOptions.Timeout);
        await trying;

        Assert.Equal((DeliveryState.Pending, 1), (_world[delivery.Id].State, _world[delivery.Id].Attempts));
        Assert.Equal("The try did not end within 30 s.", _world[delivery.Id].LastAnswer);
    }

    [Fact]
    public async Task Replay_LeavesADeliveryAlone_ThatIsBeingTried()
    {
        var (reached, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        _world.BeforeAnswer = async _ =>
        {
            reached.SetResult();
            await answer.Task;
        };
        var delivery = await _world.TellAsync();

        var trying = DeliverAsync(delivery);
        await reached.Task;
        await _world.Sending().ReplayAsync(delivery.Id, CancellationToken.None);
        answer.SetResult();
        await trying;

        Assert.Equal(DeliveryState.Delivered, _world[delivery.Id].State);
        Assert.Single(_world.Messages);
    }

    [Fact]
    public async Task Process_WaitsForItsHour_AndCountsNoTry_WhenTooManyMailsGoOut()
    {
        var slot = _world.Time.GetUtcNow().AddMinutes(90);
        _world.NextMail = () => slot;
        var delivery = await _world.TellAsync();

        await _world.Sending().ProcessAsync(_world.Sent[0], CancellationToken.None);
        var waiting = _world[delivery.Id];
        _world.NextMail = () => throw new InvalidOperationException("It has its place.");
        _world.Time.Advance(TimeSpan.FromMinutes(90));
        await _world.Sending().ProcessAsync(_world.Sent[1], CancellationToken.None);

        Assert.Equal((DeliveryState.Pending, 0, slot), (waiting.State, waiting.Attempts, waiting.NextAttemptAt));
        Assert.Equal(TimeSpan.FromMinutes(90), _world.Messages[1].Pause);
        Assert.Equal((DeliveryState.Delivered, 1), (_world[delivery.Id].State, _world[delivery.Id].Attempts));
    }

    [Fact]
    public async Task Process_FailsClearly_WhenMoreMailsWaitThanGoInADay()
    {
        _world.NextMail = () => null;
        var delivery = await _world.TellAsync();

        await DeliverAsync(delivery);

        Assert.Equal(DeliveryState.Failed, _world[delivery.Id].State);
        Assert.Contains("Notifications:MaxMailsPerHour", _world[delivery.Id].LastAnswer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_TriesAgainWithDoublingPauses_AndGivesUpAtLast()
    {
        _world.Answer = () => new DeliveryAnswer(DeliveryOutcome.TryLater, "451 Later");
        var delivery = await _world.TellAsync();

        for (var attempt = 0; attempt < _world.Options.MaxAttempts + 2; attempt++)
            await DeliverAsync(delivery);

        var pauses = _world.Messages.Select(message => message.Pause).ToList();
        Assert.Equal([0, 30, 60, 120, 240, 480, 960, 1920, 3840, 7200, 7200], pauses.Take(11).Select(pause => pause.TotalSeconds));
        Assert.InRange(pauses.Aggregate((sum, pause) => sum + pause), TimeSpan.FromHours(24), TimeSpan.FromHours(25));
        Assert.Equal(
            (DeliveryState.Failed, 20, "451 Later"),
            (_world[delivery.Id].State, _world[delivery.Id].Attempts, _world[delivery.Id].LastAnswer));
    }

    [Fact]
    public async Task Process_FailsAtOnce_WhenItIsRefused()
    {
        _world.Answer = () => new DeliveryAnswer(DeliveryOutcome.Refused, "550 No such user");
        var delivery = await _world.TellAsync();

        await DeliverAsync(delivery);

        Assert.Equal((DeliveryState.Failed, 1), (_world[delivery.Id].State, _world[delivery.Id].Attempts));
        Assert.Single(_world.Messages);
    }

    [Fact]
    public async Task Process_SendsNothing_ToADomainThatIsNoLongerAllowed()
    {
        var delivery = await _world.TellAsync();
        _world.Options.AllowedDomains = ["example.com"];

        await DeliverAsync(delivery);

        Assert.Equal(DeliveryState.Failed, _world[delivery.Id].State);
        Assert.Empty(_world.Mails);
    }

    [Fact]
    public async Task Replay_DeliversAgain_WithAllItsTries()
    {
        _world.Answer = () => new DeliveryAnswer(DeliveryOutcome.Refused, "550");
        var delivery = await _world.TellAsync();
        await DeliverAsync(delivery);
        _world.Answer = () => new DeliveryAnswer(DeliveryOutcome.Accepted, "250 OK");

        var replayed = await _world.Sending().ReplayAsync(delivery.Id, CancellationToken.None);
        await DeliverAsync(delivery);

        Assert.Equal((DeliveryState.Pending, 0), (replayed!.State, replayed.Attempts));
        Assert.Equal((DeliveryState.Delivered, 1), (_world[delivery.Id].State, _world[delivery.Id].Attempts));
        Assert.Null(await _world.Sending().ReplayAsync(Guid.CreateVersion7(), CancellationToken.None));
    }

    [Fact]
    public async Task GiveUp_FailsWhatIsPending_AndNothingElse()
    {
        var pending = await _world.TellAsync();
        var done = await _world.TellAsync("other@example.org");
        await DeliverAsync(done);

        await _world.Sending().GiveUpAsync(new DeliveryMessage(pending.Id), CancellationToken.None);
        await _world.Sending().GiveUpAsync(new DeliveryMessage(done.Id), CancellationToken.None);

        Assert.Equal((DeliveryState.Failed, DeliveryState.Delivered), (_world[pending.Id].State, _world[done.Id].State));
    }

    [Theory]
    [InlineData(FuseMoment.Before)]
    [InlineData(FuseMoment.After)]
    internal async Task Process_LosesNothing_AndSendsTheSameMailAtMostAgain_WhereverTheHostDies(FuseMoment moment)
    {
        await Deaths.AtEachStepAsync(moment, min: 3, max: 19, async fuse =>
        {
            var world = new NotificationsWorld();
            var delivery = await world.TellAsync();

            await Record.ExceptionAsync(() => world.Sending(fuse).ProcessAsync(new DeliveryMessage(delivery.Id), CancellationToken.None));
            world.Time.Advance(TimeSpan.FromMinutes(10));
            await world.Sending().ProcessAsync(new DeliveryMessage(delivery.Id), CancellationToken.None);

            Assert.Equal(DeliveryState.Delivered, world[delivery.Id].State);
            Assert.Equal([delivery.Id], world.Mails.Select(mail => mail.Id).Distinct());
        });
    }

    private Task DeliverAsync(Delivery delivery) => _world.Sending().ProcessAsync(new DeliveryMessage(delivery.Id), CancellationToken.None);
}
