using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ExportFunctions.Storage;

/// <summary>
/// The user delegation key that links are signed with, cached while it outlives them: one call serves an hour of links. Needs the role
/// Storage Blob Delegator, or one that includes it.
/// </summary>
internal sealed class DelegationKeys(BlobServiceClient blobs, TimeProvider time) : IDisposable
{
    // Up to 7 days are allowed. A short-lived key is of little use if it leaks.
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(2);

    // Clocks may differ by minutes, and a key that starts in the future is refused.
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private UserDelegationKey? _key;

    /// <summary>A key that is valid until an instant, and a little longer.</summary>
    /// <param name="until">When the link ends; at most <see cref="Lifetime"/> from now.</param>
    public async Task<UserDelegationKey> GetAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (Serves(_key, until))
            return _key!;

        // One caller fetches the key, the others wait for it.
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (!Serves(_key, until))
            {
                var now = time.GetUtcNow();
                _key = await blobs.GetUserDelegationKeyAsync(now - ClockSkew, now + Lifetime + ClockSkew, cancellationToken);
            }

            return _key!;
        }
        finally
        {
            _fetching.Release();
        }
    }

    public void Dispose() => _fetching.Dispose();

    private static bool Serves(UserDelegationKey? key, DateTimeOffset until) => key is not null && key.SignedExpiresOn >= until + ClockSkew;
}
