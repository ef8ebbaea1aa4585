using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ExportFunctions.Monitoring.Recording;
using ExportFunctions.Storage;

namespace ExportFunctions.Monitoring.Summaries;

/// <summary>
/// Stores the daily summaries next to their records. Two hosts may make the same one; both are correct, and the last write wins.
/// </summary>
internal sealed class SummaryStore(StorageAccount account)
{
    private const string Suffix = ".summary.json";

    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageNames.MetricsContainer);

    /// <summary>The name of a day's summary.</summary>
    public static string NameOf(DateOnly day) => RecordFiles.PrefixOf(day) + Suffix;

    /// <summary>Whether a file is a summary.</summary>
    public static bool IsSummary(string name) => name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Reads a day's summary; null when there is none or it can't be read.</summary>
    public async Task<DaySummary?> FindAsync(DateOnly day, CancellationToken cancellationToken)
    {
        try
        {
            var content = (await _container.GetBlobClient(NameOf(day)).DownloadContentAsync(cancellationToken)).Value.Content;
            return JsonSerializer.Deserialize(
                content.ToMemory().Span,
                MonitoringJson.Default.StoredSummary) is { Version: StoredSummary.CurrentVersion } stored ? DaySummary.Of(stored) : null;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
        catch (JsonException)
        {
            // Another layout: make it again.
            return null;
        }
    }

    /// <summary>Stores a day's summary, replacing an existing one.</summary>
    public async Task SaveAsync(DateOnly day, DaySummary summary, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(summary.Store(), MonitoringJson.Default.StoredSummary);
        var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
        await _container.GetBlobClient(NameOf(day)).UploadAsync(new BinaryData(json), options, cancellationToken);
    }
}
