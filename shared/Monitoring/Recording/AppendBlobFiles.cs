using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ExportFunctions.Storage;

namespace ExportFunctions.Monitoring.Recording;

/// <summary>
/// Append blobs. The service appends a block only if the blob ends at the expected position, so that a repeated call adds nothing twice.
/// </summary>
internal sealed class AppendBlobFiles(StorageAccount account) : IRecordFiles
{
    private static readonly AppendBlobCreateOptions IfNew = new()
    {
        HttpHeaders = new BlobHttpHeaders { ContentType = "application/x-ndjson" },
        Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All },
    };

    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageNames.MetricsContainer);

    public async Task<FileEnd?> FindEndAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await _container.GetAppendBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return new FileEnd(properties.ContentLength, properties.BlobCommittedBlockCount);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    public async Task<FileEnd?> TryAppendAsync(string name, ReadOnlyMemory<byte> lines, long at, CancellationToken cancellationToken)
    {
        var blob = _container.GetAppendBlobClient(name);
        try
        {
            return await AppendAsync(blob, lines, at, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 404 && at == 0)
        {
            await CreateAsync(blob, cancellationToken);
        }

        return await AppendAsync(blob, lines, at, cancellationToken);
    }

    public async Task<Stream?> OpenAsync(string name, long from, long? to, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(from, to is null ? null : to - from) };
            return (await _container.GetBlobClient(name).DownloadStreamingAsync(options, cancellationToken)).Value.Content;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 416)
        {
            // No such file, or nothing after the start position.
            return null;
        }
    }

    private static async Task<FileEnd?> AppendAsync(
        AppendBlobClient blob, ReadOnlyMemory<byte> lines, long at, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(lines.ToArray(), writable: false);
        var options = new AppendBlobAppendBlockOptions { Conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = at } };
        try
        {
            var appended = (await blob.AppendBlockAsync(content, options, cancellationToken)).Value;
            return new FileEnd(at + lines.Length, appended.BlobCommittedBlockCount);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // It ends elsewhere, or has the maximum number of blocks.
            return null;
        }
    }

    private static async Task CreateAsync(AppendBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            await blob.CreateAsync(IfNew, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // Another host came first.
        }
    }
}
