using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Requests;

/// <summary>Stores which job and which request an <c>Idempotency-Key</c> stands for.</summary>
public interface IIdempotencyKeys
{
    /// <summary>Claims a key for a job, or finds the job that already holds it.</summary>
    /// <param name="keyHash">The key's hash, by <see cref="IdempotencyHash"/>.</param>
    /// <param name="requestHash">The request's hash.</param>
    /// <param name="jobId">The job's id, if the key is free.</param>
    /// <returns>The id the key stands for, or null when it stands for another request.</returns>
    Task<Guid?> ClaimAsync(string keyHash, string requestHash, Guid jobId, CancellationToken cancellationToken);

    /// <summary>Frees a job's key; does nothing when it is free or stands for another job by now.</summary>
    /// <param name="keyHash">The key's hash.</param>
    /// <param name="jobId">The job's id.</param>
    Task ReleaseAsync(string keyHash, Guid jobId, CancellationToken cancellationToken);

    /// <summary>Removes keys that were claimed before an instant: used again, they stand for a new export.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="action">What to do with them.</param>
    /// <param name="cancellationToken">Stops the sweep; it can be repeated.</param>
    /// <returns>The number of keys.</returns>
    Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken);
}

/// <summary>Hashes keys and requests.</summary>
public static class IdempotencyHash
{
    /// <summary>SHA-256 as lower-case hexadecimal.</summary>
    /// <param name="text">The key or request.</param>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Keys in Azure Tables.</summary>
internal sealed class TableIdempotencyKeys(StorageAccount account) : IIdempotencyKeys
{
    private const string Row = "key";
    private static readonly TableRecords<(string Request, Guid Job)> Records = new(
        entity => (entity.Required("request"), entity.GetGuid("job") ?? throw new InvalidDataException("Its export is missing.")),
        entity => throw new InvalidDataException("A key has no id."));

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.IdempotencyTable);

    public async Task<Guid?> ClaimAsync(string keyHash, string requestHash, Guid jobId, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(new TableEntity(keyHash, Row) { ["request"] = requestHash, ["job"] = jobId }, cancellationToken);
            return jobId;
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            var existing = (await _table.GetEntityAsync<TableEntity>(keyHash, Row, cancellationToken: cancellationToken)).Value;
            var (request, job) = Records.Read(existing);
            return string.Equals(request, requestHash, StringComparison.Ordinal) ? job : null;
        }
    }

    public async Task ReleaseAsync(string keyHash, Guid jobId, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(keyHash, Row, cancellationToken: cancellationToken);
        if (!found.HasValue || found.Value!.GetGuid("job") != jobId)
            return;

        try
        {
            await _table.DeleteEntityAsync(keyHash, Row, found.Value.ETag, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            // Freed and claimed again in between: it belongs to another job.
        }
    }

    public Task<int> SweepOlderThanAsync(DateTimeOffset instant, SweepAction action, CancellationToken cancellationToken) =>
        TableSweep.RunAsync(_table, TableClient.CreateQueryFilter($"Timestamp lt {instant}"), action, cancellationToken);
}
