using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ExportFunctions.Local.Timers;

/// <summary>The last fired occurrence of each timer, in one small blob per timer that all hosts of a storage account share.</summary>
/// <param name="container">The container; created on demand.</param>
internal sealed class TimerStore(BlobContainerClient container)
{
    public const string ContainerName = "exportfunctions-local";

    /// <summary>
    /// The tolerated difference between hosts' clocks. An occurrence recorded further ahead comes from a wrong clock, and would silence the
    /// timer until then.
    /// </summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>The last occurrence that a host fired; null when none did.</summary>
    /// <param name="timer">The function's name.</param>
    public async Task<DateTimeOffset?> ReadLastAsync(string timer, CancellationToken cancellationToken) =>
        (await ReadAsync(timer, cancellationToken))?.Last;

    /// <summary>Claims an occurrence: true for one host only, whichever asks first.</summary>
    /// <param name="timer">The function's name.</param>
    /// <param name="occurrence">The occurrence.</param>
    /// <param name="now">The time on this host's clock.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<bool> TryClaimAsync(string timer, DateTimeOffset occurrence, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(timer, cancellationToken);
        if (stored is { } earlier && earlier.Last >= occurrence && earlier.Last <= now + ClockTolerance)
            return false;

        var unchanged = stored is { } seen
            ? new BlobRequestConditions { IfMatch = seen.ETag }
            : new BlobRequestConditions { IfNoneMatch = ETag.All };
        try
        {
            await WriteAsync(timer, occurrence, unchanged, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 412 or 409)
        {
            return false;
        }
    }

    private async Task WriteAsync(
        string timer, DateTimeOffset occurrence, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        var content = BinaryData.FromString(occurrence.ToString("O", CultureInfo.InvariantCulture));
        var options = new BlobUploadOptions { Conditions = conditions };
        try
        {
            await Blob(timer).UploadAsync(content, options, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await Blob(timer).UploadAsync(content, options, cancellationToken);
        }
    }

    private async Task<(DateTimeOffset? Last, ETag ETag)?> ReadAsync(string timer, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await Blob(timer).DownloadContentAsync(cancellationToken);
            // If it can't be read, the next occurrence overwrites it.
            var isRead = DateTimeOffset.TryParseExact(
                blob.Value.Content.ToString(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last);
            return (isRead ? last : null, blob.Value.Details.ETag);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    private BlobClient Blob(string timer) => container.GetBlobClient($"timers/{timer}");
}
