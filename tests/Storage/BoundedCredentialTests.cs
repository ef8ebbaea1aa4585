using Azure;
using Azure.Core;
using Azure.Identity;
using ExportFunctions.Storage;
using Microsoft.Extensions.Time.Testing;

namespace ExportFunctions.Tests.Storage;

/// <summary>What callers of storage see of an identity that can't be signed in.</summary>
public sealed class BoundedCredentialTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task GetToken_ThrowsAsStorageThatIsAway_WhenTheEndpointRefuses()
    {
        var credential = new BoundedCredential(new Tokens(_ => throw new AuthenticationFailedException("expired")), _time);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => AskAsync(credential, CancellationToken.None));

        Assert.Equal((503, BoundedCredential.ErrorCode), (failure.Status, failure.ErrorCode));
        Assert.IsType<AuthenticationFailedException>(failure.InnerException);
    }

    [Fact]
    public async Task GetToken_ThrowsAsStorageThatIsAway_WhenTheEndpointNeverAnswers()
    {
        // It ignores its token as well.
        var credential = new BoundedCredential(new Tokens(_ => new TaskCompletionSource<AccessToken>().Task), _time);

        var asked = AskAsync(credential, CancellationToken.None);
        _time.Advance(BoundedCredential.Timeout);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => asked);

        Assert.Equal(503, failure.Status);
    }

    [Fact]
    public async Task GetToken_IsCanceled_WhenTheCallerCancels()
    {
        using var canceled = new CancellationTokenSource();
        var credential = new BoundedCredential(new Tokens(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return default;
        }), _time);

        var asked = AskAsync(credential, canceled.Token);
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task GetToken_GivesTheToken()
    {
        var token = new AccessToken("t", DateTimeOffset.MaxValue);

        Assert.Equal(token, await AskAsync(new BoundedCredential(new Tokens(_ => Task.FromResult(token)), _time), CancellationToken.None));
    }

    private static async Task<AccessToken> AskAsync(BoundedCredential credential, CancellationToken cancellationToken) =>
        await credential.GetTokenAsync(new TokenRequestContext(["https://storage.azure.com/.default"]), cancellationToken);

    private sealed class Tokens(Func<CancellationToken, Task<AccessToken>> ask) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(ask(cancellationToken));
    }
}
