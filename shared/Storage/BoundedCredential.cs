using Azure;
using Azure.Core;
using Azure.Identity;

namespace ExportFunctions.Storage;

/// <summary>
/// A credential whose outage is one of storage: nobody can be signed in, so no call can be made. What fails, or takes longer than a few
/// seconds, throws what storage's own outage throws, and everybody who waits for storage waits for the identity likewise.
/// </summary>
/// <param name="inner">Gives the tokens, and keeps those that are still good.</param>
/// <param name="time">The clock.</param>
/// <param name="outages">Told when no token is to be had; null when nobody asks.</param>
internal sealed class BoundedCredential(TokenCredential inner, TimeProvider time, StorageOutages? outages = null) : TokenCredential
{
    /// <summary>The error code of <see cref="RequestFailedException"/> when no token is to be had.</summary>
    public const string ErrorCode = "IdentityUnavailable";

    /// <summary>How long a token may take. The clients' own tries go over half a minute.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    // Not 0, as for a server that can't be reached: the storage clients would ask three times more.
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
