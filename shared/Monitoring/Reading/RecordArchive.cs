using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ExportFunctions.Monitoring.Recording;
using ExportFunctions.Storage;

namespace ExportFunctions.Monitoring.Reading;

/// <summary>Reads the records of all days: lists the files and streams their lines.</summary>
internal sealed class RecordArchive(StorageAccount account)
{
    // The size of reads from the service's stream; a longer line makes the buffer grow.
    private const int ChunkBytes = 256 * 1024;

    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageNames.MetricsContainer);

    /// <summary>All files of the days from one to another, inclusive: those of records and those derived from them.</summary>
    public async IAsyncEnumerable<BlobItem> ListAllAsync(
        DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1))
        {
            var options = new GetBlobsOptions { Prefix = month.ToString("yyyy'/'MM'/'", CultureInfo.InvariantCulture) };
            await foreach (var blob in _container.GetBlobsAsync(options, cancellationToken))
            {
                if (RecordFiles.DayOf(blob.Name) is { } day && day >= from && day <= to)
                    yield return blob;
            }
        }
    }

    /// <summary>The record files of the days from one to another, inclusive, oldest first.</summary>
    public async Task<IReadOnlyList<RecordFile>> ListAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var found = new List<RecordFile>();
        await foreach (var blob in ListAllAsync(from, to, cancellationToken))
        {
            if (FileOf(blob) is { } file)
                found.Add(file);
        }

        return [.. found.OrderBy(file => file.Day).ThenBy(file => file.Part)];
    }

    /// <summary>The day of the oldest file; null when there is none.</summary>
    public async Task<DateOnly?> OldestDayAsync(CancellationToken cancellationToken)
    {
        await foreach (var blob in _container.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (FileOf(blob) is { } file)
                return file.Day;
        }

        return null;
    }

    /// <summary>The lines of a file from an offset, where a line begins, up to its listed length.</summary>
    public async IAsyncEnumerable<RecordLines> ReadAsync(
        RecordFile file, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (from >= file.Bytes)
            yield break;

        var options = new BlobDownloadOptions { Range = new Azure.HttpRange(from, file.Bytes - from) };
        await using var stream =
            (await _container.GetBlobClient(file.Name).DownloadStreamingAsync(options, cancellationToken)).Value.Content;
        var buffer = new byte[ChunkBytes];
        var filled = 0;
        while (await stream.ReadAtLeastAsync(buffer.AsMemory(filled), 1, throwOnEndOfStream: false, cancellationToken) is var read and > 0)
        {
            filled += read;
            var whole = buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            if (whole > 0)
            {
                yield return new RecordLines(buffer.AsMemory(0, whole), from);
                from += whole;
                buffer.AsSpan(whole, filled - whole).CopyTo(buffer);
                filled -= whole;
            }
            else if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    /// <summary>The record file of a blob; null when it is not one.</summary>
    public static RecordFile? FileOf(BlobItem blob) =>
        RecordFiles.Parse(blob.Name) is var (day, part) ? new RecordFile(blob.Name, day, part, blob.Properties.ContentLength ?? 0) : null;
}
