using Azure.Data.Tables;

namespace ExportFunctions.Storage;

/// <summary>Converts a table's entities to records.</summary>
/// <typeparam name="T">The type of record.</typeparam>
/// <param name="read">Converts an entity; throws when it is unreadable.</param>
/// <param name="describe">What is known of an unreadable record: its id and when it was created. It may throw as well.</param>
internal sealed class TableRecords<T>(Func<TableEntity, T> read, Func<TableEntity, (Guid Id, DateTimeOffset CreatedAt)> describe)
{
    /// <summary>Reads an entity.</summary>
    /// <exception cref="UnreadableRecordException">The entity is unreadable.</exception>
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
    /// <exception cref="UnreadableRecordException">The entity is unreadable.</exception>
    public T? Read(Azure.NullableResponse<TableEntity> found) => found.HasValue ? Read(found.Value!) : default;

    /// <summary>Reads entities one by one, so that unreadable ones don't affect others.</summary>
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
