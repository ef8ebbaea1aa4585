using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>Makes records of a table's entities.</summary>
/// <typeparam name="T">What a record is.</typeparam>
/// <param name="read">Reads one; throws when it can't be read.</param>
/// <param name="describe">What is known of one that can't: its id and when it was made. It may throw as well.</param>
internal sealed class TableRecords<T>(Func<TableEntity, T> read, Func<TableEntity, (Guid Id, DateTimeOffset CreatedAt)> describe)
{
    /// <summary>Reads an entity.</summary>
    /// <exception cref="UnreadableRecordException">It can't be read.</exception>
    public T Read(TableEntity entity)
    {
        try
        {
            return read(entity);
        }
        catch (Exception exception) when (UnreadableRecordException.IsCause(exception))
        {
            throw new UnreadableRecordException(Describe(entity, exception), exception);
        }
    }

    /// <summary>Reads an entity, if there is one.</summary>
    /// <exception cref="UnreadableRecordException">It can't be read.</exception>
    public T? Read(Azure.NullableResponse<TableEntity> found) => found.HasValue ? Read(found.Value!) : default;

    /// <summary>Reads entities, each for itself.</summary>
    public RecordList<T> List(IEnumerable<TableEntity> entities)
    {
        var records = new List<T>();
        var unreadable = new List<UnreadableRecord>();
        foreach (var entity in entities)
        {
            try
            {
                records.Add(read(entity));
            }
            catch (Exception exception) when (UnreadableRecordException.IsCause(exception))
            {
                unreadable.Add(Describe(entity, exception));
            }
        }

        return new RecordList<T>(records, unreadable);
    }

    /// <summary>Reads all entities of a query.</summary>
    public async Task<RecordList<T>> ListAsync(IAsyncEnumerable<TableEntity> entities, CancellationToken cancellationToken)
    {
        var all = new List<TableEntity>();
        await foreach (var entity in entities.WithCancellation(cancellationToken))
            all.Add(entity);

        return List(all);
    }

    private UnreadableRecord Describe(TableEntity entity, Exception exception)
    {
        var reason = UnreadableRecordException.ReasonOf(exception);
        try
        {
            var (id, createdAt) = describe(entity);
            return new UnreadableRecord(id.ToString(), createdAt, reason);
        }
        catch (Exception keys) when (UnreadableRecordException.IsCause(keys))
        {
            return new UnreadableRecord(entity.RowKey, entity.Timestamp, reason);
        }
    }
}
