using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ExportFunctions.Exports.Jobs;
using ExportFunctions.Problems;
using ExportFunctions.Storage;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Exports.Files;

/// <summary>
/// Files as block blobs <c>yyyy/MM/dd/{job id}</c> with the file's extension, in a private container. The file's properties are stored in
/// the blob's metadata, so that a file outlives its attempt.
/// </summary>
internal sealed class BlobExportFileStore(
    StorageAccount account,
    IOptions<StorageOptions> storage,
    IOptions<ExportOptions> exports,
    BlobLinks links) : IExportFileStore, IExportFileReader, ISliceFiles
{
    private const string NoPrefix = "";

    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageNames.FilesContainer);

    public IExportUpload OpenUpload(ExportJob job, string contentType) =>
        new Upload(new BlockUploadStream(Blob(job), AttemptPrefix(job), storage.Value), job, contentType);

    public ISliceUpload OpenSlice(ExportJob job, BlockGroup blocks) => new SliceUpload(Blob(job), blocks.IdPrefix, storage.Value);

    public IExportUpload Join(ExportJob job, string contentType, IReadOnlyList<SliceContent> slices)
    {
        if (slices.Sum(slice => (long)slice.Blocks) is > BlockUploadStream.MaxBlocks)
            throw BlockUploadStream.TooLarge(storage.Value);

        var blocks = slices.SelectMany(slice =>
            Enumerable.Range(0, slice.Blocks).Select(block => BlockUploadStream.BlockId(slice.Group.IdPrefix, block)));
        return new Upload(new BlockUploadStream(Blob(job), NoPrefix, storage.Value, blocks), job, contentType);
    }

    public async Task DiscardAsync(ExportJob job, CancellationToken cancellationToken)
    {
        // Committing an empty blob discards the staged blocks; it is visible to no one and deleted at once. A published file is left alone.
        using var nothing = new MemoryStream();
        try
        {
            await Blob(job).UploadAsync(
                nothing, new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken);
            await Blob(job).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // A file exists, so there are no staged blocks left beside it.
        }
    }

    public async Task<PublishedFile?> FindAsync(ExportJob job, CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await Blob(job).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return Metadata.Read(properties);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    public async Task<BinaryData?> ReadAsync(ExportJob job, CancellationToken cancellationToken)
    {
        try
        {
            return (await Blob(job).DownloadContentAsync(cancellationToken)).Value.Content;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    public async Task WriteManifestAsync(ExportJob job, PublishedFile file, CancellationToken cancellationToken)
    {
        var manifest = ExportManifest.Of(job, file, Path.GetFileName(Blob(job).Name));
        var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
        using var json = new MemoryStream(manifest.ToJson());
        await ManifestBlob(job).UploadAsync(json, options, cancellationToken);
    }

    public async Task<bool> DeleteAsync(ExportJob job, CancellationToken cancellationToken)
    {
        var hadFile = await Blob(job).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
        var hadManifest = await ManifestBlob(job).DeleteIfExistsAsync(
            DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
        return hadFile || hadManifest;
    }

    public async Task DeleteAllAsync(Guid id, DateOnly day, CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Prefix = ExportFileNames.PrefixOf(id, day) };
        await foreach (var blob in _container.GetBlobsAsync(options, cancellationToken))
            await _container.DeleteBlobIfExistsAsync(
                blob.Name, DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
    }

    public Task<Uri> CreateLinkAsync(ExportJob job, CancellationToken cancellationToken) =>
        links.CreateReadLinkAsync(Blob(job), exports.Value.LinkLifetime, Disposition(job.FileName), cancellationToken);

    private BlockBlobClient Blob(ExportJob job) => _container.GetBlockBlobClient(ExportFileNames.FileOf(job));

    private BlockBlobClient ManifestBlob(ExportJob job) => _container.GetBlockBlobClient(ExportFileNames.ManifestOf(job));

    /// <summary>RFC 6266: a plain name for old clients, the real one in UTF-8 for the others.</summary>
    private static string Disposition(string fileName)
    {
        var plain = new StringBuilder();
        foreach (var character in fileName)
            plain.Append(char.IsAscii(character) && !char.IsControl(character) && character is not ('"' or '\\' or '%') ? character : '_');

        return $"attachment; filename=\"{plain}\"; filename*=UTF-8''{Uri.EscapeDataString(fileName)}";
    }

    private static string AttemptPrefix(ExportJob job) => string.Create(CultureInfo.InvariantCulture, $"a{job.Attempt:D6}-");

    private sealed class SliceUpload(BlockBlobClient blob, string prefix, StorageOptions options) : ISliceUpload
    {
        private readonly BlockUploadStream _stream = new(blob, prefix, options);

        public Stream Output => _stream;

        public async Task<(int Blocks, long Bytes, string Sha256)> FinishAsync(CancellationToken cancellationToken)
        {
            await _stream.EndBlockAsync(cancellationToken);
            return (_stream.Blocks, _stream.Length, await _stream.FinishAsync(cancellationToken));
        }

        public ValueTask DisposeAsync() => _stream.DisposeAsync();
    }

    private sealed class Upload(BlockUploadStream stream, ExportJob job, string contentType) : IExportUpload
    {
        private readonly BlockUploadStream _stream = stream;

        public Stream Output => _stream;

        public async Task<PublishedFile> FinishAsync(FileContent content, CancellationToken cancellationToken)
        {
            var sha256 = await _stream.FinishAsync(cancellationToken);
            return new PublishedFile(content.Rows, _stream.Length, sha256, contentType, content.SchemaHash, content.Warnings);
        }

        public Task PublishAgainAsync(PublishedFile file, CancellationToken cancellationToken) =>
            _stream.CommitAsync(Commit(file), cancellationToken);

        public async Task<bool> TryPublishAsync(PublishedFile file, CancellationToken cancellationToken)
        {
            var commit = Commit(file);
            commit.Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All };
            try
            {
                await _stream.CommitAsync(commit, cancellationToken);
                return true;
            }
            catch (RequestFailedException exception) when (exception.Status is 409 or 412)
            {
                return false;
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.InvalidBlockList)
            {
                throw new ExportFailureException(FileFailures.BlocksLost, exception);
            }
        }

        public ValueTask DisposeAsync() => _stream.DisposeAsync();

        private CommitBlockListOptions Commit(PublishedFile file) => new()
        {
            HttpHeaders = new BlobHttpHeaders
            {
                ContentType = contentType,
                ContentDisposition = Disposition(job.FileName),
                CacheControl = "private, no-store",
            },
            Metadata = Metadata.Write(file),
        };
    }

    private static class Metadata
    {
        // The service's 8 KB, less the names and the other values.
        private const int RoomForLists = 7_600;

        public static Dictionary<string, string> Write(PublishedFile file)
        {
            var slices = file.SliceBytes is null ? "" : SliceSizes.ToText(file.SliceBytes);
            return new(StringComparer.Ordinal)
            {
                ["rows"] = file.Rows.ToString(CultureInfo.InvariantCulture),
                ["sha256"] = file.Sha256,
                ["schema"] = file.SchemaHash,
                ["slices"] = slices,
                ["warnings"] = WarningText.ToText(file.Warnings, RoomForLists - slices.Length),
            };
        }

        public static PublishedFile Read(BlobProperties properties) => new(
            long.Parse(properties.Metadata["rows"], CultureInfo.InvariantCulture),
            properties.ContentLength,
            properties.Metadata["sha256"],
            properties.ContentType,
            properties.Metadata["schema"],
            WarningText.Of(properties.Metadata["warnings"]))
        {
            SliceBytes = properties.Metadata.TryGetValue("slices", out var sizes) && sizes.Length > 0 ? SliceSizes.Of(sizes) : null,
        };
    }
}
