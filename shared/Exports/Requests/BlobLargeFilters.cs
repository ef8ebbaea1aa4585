using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Requests;

/// <summary>
/// Large filters as blobs: <c>jobs/{id}/{name}.json</c> and <c>schedules/{id}/{name}.json</c>. None is ever written twice, so that no
/// writer can replace another's.
/// </summary>
internal sealed class BlobLargeFilters(StorageAccount account) : ILargeFilters
{
    private const string Extension = ".json";

    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageNames.FiltersContainer);

    public async Task<string> SetApartAsync(FilterOwner owner, string json, CancellationToken cancellationToken)
    {
        var name = Guid.CreateVersion7().ToString("N");
        var (recorded, filter) = SplitRequest.Split(json, name);
        if (filter is not null)
        {
            var headers = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
            await Blob(new KeptFilter(owner, name)).UploadAsync(new BinaryData(filter), headers, cancellationToken);
        }

        return recorded;
    }

    public async Task<string?> WholeAsync(FilterOwner owner, string recorded, CancellationToken cancellationToken)
    {
        if (SplitRequest.NameOf(recorded) is not { } name)
            return recorded;

        try
        {
            var content = (await Blob(new KeptFilter(owner, name)).DownloadContentAsync(cancellationToken)).Value.Content;
            return SplitRequest.Join(recorded, content.ToMemory().Span);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    public async Task RemoveAsync(KeptFilter filter, CancellationToken cancellationToken) =>
        await Blob(filter).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);

    public async IAsyncEnumerable<KeptFilter> ListBeforeAsync(
        DateTimeOffset instant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in _container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (item.Properties.LastModified < instant && TryRead(item.Name) is { } filter)
                yield return filter;
        }
    }

    private static KeptFilter? TryRead(string blob)
    {
        if (blob.Split('/') is not [var folder, var owner, var name] || !name.EndsWith(Extension, StringComparison.Ordinal))
            return null;
        if (!Guid.TryParseExact(owner, "N", out var id))
            return null;

        foreach (var kind in Enum.GetValues<FilterOwnerKind>())
        {
            if (string.Equals(folder, FolderOf(kind), StringComparison.Ordinal))
                return new KeptFilter(new FilterOwner(kind, id), name[..^Extension.Length]);
        }

        return null;
    }

    private static string FolderOf(FilterOwnerKind kind) => kind switch
    {
        FilterOwnerKind.Job => "jobs",
        FilterOwnerKind.Schedule => "schedules",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private BlobClient Blob(KeptFilter filter) =>
        _container.GetBlobClient($"{FolderOf(filter.Owner.Kind)}/{filter.Owner.Id:N}/{filter.Name}{Extension}");
}
