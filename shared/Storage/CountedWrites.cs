using Azure;
using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>
/// Writes records of one partition within a limit that holds under concurrency: each write is made in one transaction with a shared record,
/// so that of two writers with the same count one must count again.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="partition">The partition. Its lists leave out row <see cref="Row"/>.</param>
internal sealed class CountedWrites(TableClient table, string partition) : IDisposable
{
    /// <summary>The shared record's row: sorts after those that begin with a letter or a digit.</summary>
    public const string Row = "~limit";

    private const int MaxTries = 100;

    // Writers of one host wait for each other here rather than conflict in storage.
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Writes if there is room.</summary>
    /// <param name="write">The write.</param>
    /// <param name="hasRoom">Counts the existing records and checks the limit.</param>
    /// <returns>The record's ETag; null when there is no room.</returns>
    /// <exception cref="RequestFailedException">The write itself fails: the record exists already, has changed, or is gone.</exception>
    public async Task<ETag?> TryWriteAsync(
        TableTransactionAction write, Func<CancellationToken, Task<bool>> hasRoom, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            for (var tries = 1; ; tries++)
            {
                var shared = await ReadAsync(cancellationToken);
                if (!await hasRoom(cancellationToken))
                    return null;

                try
                {
                    var response = await table.SubmitTransactionAsync([write, Shared(shared)], cancellationToken);
                    return response.Value[0].Headers.ETag ?? throw new InvalidDataException("The table service gave no ETag.");
                }
                catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412 && tries < MaxTries)
                {
                    // If no other writer came first, the write itself failed.
                    if (await ReadAsync(cancellationToken) == shared)
                        throw;
                }
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<ETag?> ReadAsync(CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, Row, ["RowKey"], cancellationToken);
        return found.HasValue ? found.Value!.ETag : null;
    }

    private TableTransactionAction Shared(ETag? etag)
    {
        var entity = new TableEntity(partition, Row);
        return etag is { } seen
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, seen)
            : new TableTransactionAction(TableTransactionActionType.Add, entity);
    }
}
