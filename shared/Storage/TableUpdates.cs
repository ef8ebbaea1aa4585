using Azure;
using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>Compare-and-set on a table's records.</summary>
internal static class TableUpdates
{
    /// <summary>Adds a record, unless one with its keys exists.</summary>
    /// <param name="table">The table.</param>
    /// <param name="entity">The record.</param>
    /// <returns>False when one exists.</returns>
    public static async Task<bool> TryAddAsync(this TableClient table, TableEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(entity, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Stores a changed record, unless it was changed since it was read.</summary>
    /// <param name="table">The table.</param>
    /// <param name="entity">The changed record.</param>
    /// <param name="etag">The ETag it was read with.</param>
    /// <param name="mode">Whether to merge or replace.</param>
    /// <returns>The new ETag; null when the record was changed in between or is gone.</returns>
    public static async Task<ETag?> TryUpdateAsync(
        this TableClient table, TableEntity entity, ETag etag, TableUpdateMode mode, CancellationToken cancellationToken)
    {
        try
        {
            var response = await table.UpdateEntityAsync(entity, etag, mode, cancellationToken);
            return response.Headers.ETag ?? throw new InvalidDataException("The table service gave no ETag.");
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <summary>Deletes a record, unless it was changed since it was read.</summary>
    /// <param name="table">The table.</param>
    /// <param name="partition">The record's partition key.</param>
    /// <param name="row">The record's row key.</param>
    /// <param name="etag">The ETag it was read with.</param>
    /// <returns>False when the record was changed in between or is gone.</returns>
    public static async Task<bool> TryDeleteAsync(
        this TableClient table, string partition, string row, ETag etag, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await table.DeleteEntityAsync(partition, row, etag, cancellationToken);
            return response.Status != 404;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            return false;
        }
    }
}
