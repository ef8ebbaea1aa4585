using Azure;
using Azure.Core;
using Azure.Identity;

namespace ExportFunctions.Storage;

/// <summary>
/// A credential that reports its own outage as a storage outage: without a token, no call can be made. When getting a token fails or takes
/// longer than a few seconds, it throws what a storage outage throws, so that everything that waits for storage also waits for the
/// identity.
/// </summary>
/// <param name="inner">Gets the tokens, and caches those that are still valid.</param>
/// <param name="time">The clock.</param>
/// <param name="outages">Notified when no token is available; null for none.</param>
internal sealed class BoundedCredential(TokenCredential inner, TimeProvider time, StorageOutages? outages = null) : TokenCredential
{
    /// <summary>The error code of <see cref="RequestFailedException"/> when no token is available.</summary>
    public const string ErrorCode = "IdentityUnavailable";

    /// <summary>How long getting a token may take. The clients' own retries exceed half a minute.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    // Not 0, as for an unreachable server: the storage clients would retry three more times.
    private const int Unavailable = 503;

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var token = await inner.GetTokenAsync(requestContext, either.Token).AsTask().WaitAsync(either.Token);
            outages?.SignedIn();
            return token;
        }
        catch (Exception exception) when (IsOutage(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw Failed(exception);
        }
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var token = inner.GetToken(requestContext, either.Token);
            outages?.SignedIn();
            return token;
        }
        catch (Exception exception) when (IsOutage(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw Failed(exception);
        }
    }

    private static bool IsOutage(Exception exception) => exception is AuthenticationFailedException or OperationCanceledException;

    private RequestFailedException Failed(Exception exception)
    {
        outages?.NotSignedIn(exception);
        return new RequestFailedException(
            Unavailable, "The app's identity can't be signed in: its endpoint is away, or gives no token.", ErrorCode, exception);
    }
}
