using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;

namespace ExportFunctions.Storage;

/// <summary>
/// Makes download links: short-lived read access to one blob. Signed with the account's key where the app has it (Azurite), otherwise with
/// a user delegation key of the app's identity (Azure, where shared keys are disabled).
/// </summary>
public sealed class BlobLinks : IDisposable
{
    /// <summary>The maximum lifetime of a link, 2 hours: delegation keys always outlive it.</summary>
    public static readonly TimeSpan MaxLifetime = DelegationKeys.Lifetime;

    private readonly BlobServiceClient _blobs;
    private readonly TimeProvider _time;
    private readonly DelegationKeys _keys;

    /// <summary>Makes links for an account's blobs; sends nothing yet.</summary>
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
    /// <param name="lifetime">The link's lifetime; at most <see cref="MaxLifetime"/>.</param>
    /// <param name="contentDisposition">The Content-Disposition header of the response: the name the file is saved under.</param>
    /// <param name="cancellationToken">Cancels the call for a delegation key, if one is needed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is not positive, or too long.</exception>
    /// <exception cref="Azure.RequestFailedException">
    /// The delegation key was refused: the identity lacks the role Storage Blob Delegator.
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

    /// <summary>Releases the lock that callers wait on.</summary>
    public void Dispose() => _keys.Dispose();
}
