using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;

namespace ExportFunctions.Storage;

/// <summary>
/// Makes download links: read access to one blob for a short while. Signed with the account's key where the app has it (Azurite), else with
/// a user delegation key that the app's identity is lent (Azure, where shared keys are switched off).
/// </summary>
public sealed class BlobLinks : IDisposable
{
    /// <summary>The longest life of a link, 2 hours: what a delegation key is sure to outlive.</summary>
    public static readonly TimeSpan MaxLifetime = DelegationKeys.Lifetime;

    private readonly BlobServiceClient _blobs;
    private readonly TimeProvider _time;
    private readonly DelegationKeys _keys;

    /// <summary>Makes links for an account's blobs; nothing is sent yet.</summary>
    /// <param name="account">The account.</param>
    /// <param name="time">The clock.</param>
    public BlobLinks(StorageAccount account, TimeProvider time)
    {
        _blobs = account.Blobs;
        _time = time;
        _keys = new DelegationKeys(_blobs, time);
    }

    /// <summary>Makes a link. Give it to the caller only: it is never logged, stored or mailed.</summary>
    /// <param name="blob">The blob; it need not exist.</param>
    /// <param name="lifetime">How long the link lives; at most <see cref="MaxLifetime"/>.</param>
    /// <param name="contentDisposition">The header the answer carries: under which name the file is saved.</param>
    /// <param name="cancellationToken">Cancels the call for a delegation key, if one is needed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is not positive, or too long.</exception>
    /// <exception cref="Azure.RequestFailedException">
    /// The delegation key is refused: the identity lacks the role Storage Blob Delegator.
    /// </exception>
    public async Task<Uri> CreateReadLinkAsync(
        BlobBaseClient blob, TimeSpan lifetime, string contentDisposition, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, MaxLifetime);

        var ends = _time.GetUtcNow() + lifetime;
        var builder = new BlobSasBuilder(BlobSasPermissions.Read, ends)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
            ContentDisposition = contentDisposition,
        };
        if (blob.CanGenerateSasUri)
            return blob.GenerateSasUri(builder);

        var key = await _keys.GetAsync(ends, cancellationToken);
        return new BlobUriBuilder(blob.Uri) { Sas = builder.ToSasQueryParameters(key, _blobs.AccountName) }.ToUri();
    }

    /// <summary>Lets go of what callers wait on.</summary>
    public void Dispose() => _keys.Dispose();
}
