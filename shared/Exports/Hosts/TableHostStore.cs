using Azure;
using Azure.Data.Tables;
using ExportFunctions.Storage;

namespace ExportFunctions.Exports.Hosts;

/// <summary>Hosts in Azure Tables: one record per process, whose timestamp tells when it was last alive.</summary>
internal sealed class TableHostStore(StorageAccount account, TimeProvider time) : IHostStore
{
    private const string Partition = "hosts";
    private const string Served = "served";

    private static readonly string[] WithoutServed = ["RowKey", "Timestamp", "host", "file", "catalog", "stopped"];
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.HostsTable);

    public async Task PutAsync(HostRegistration host, ServedDatasets served, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(Partition, host.Id)
        {
            ["host"] = host.Host,
            ["file"] = host.File,
            ["catalog"] = host.Catalog,
            ["stopped"] = host.HasStopped,
        };
        TextChunks.Write(entity, Served, served.ToText());
        await _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    public async Task<HostList> ListAsync(CancellationToken cancellationToken)
    {
        var hosts = new List<HostRegistration>();
        var now = time.GetUtcNow();
        var all = _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), select: WithoutServed, cancellationToken: cancellationToken);
        await foreach (var page in all.AsPages().WithCancellation(cancellationToken))
        {
            using var response = page.GetRawResponse();
            now = response.Headers.Date ?? now;
            foreach (var entity in page.Values)
            {
                if (entity.Timestamp is not { } seenAt)
                    continue;
                if (seenAt < now - Forgotten)
                    await _table.DeleteEntityAsync(Partition, entity.RowKey, ETag.All, cancellationToken);
                else
                    hosts.Add(ToHost(entity, seenAt));
            }
        }

        return new HostList(hosts, now);
    }

    public async Task<ServedDatasets> FindServedAsync(string id, CancellationToken cancellationToken)
    {
        var entity = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellationToken);
        return ServedDatasets.Parse(entity.HasValue ? TextChunks.Read(entity.Value!, Served) : "");
    }

    // Not validated: a host with an odd record is one that serves something else.
    private static HostRegistration ToHost(TableEntity entity, DateTimeOffset seenAt) => new()
    {
        Id = entity.RowKey,
        Host = Text(entity, "host"),
        File = Text(entity, "file"),
        Catalog = Text(entity, "catalog"),
        HasStopped = entity.TryGetValue("stopped", out var stopped) && stopped is true,
        SeenAt = seenAt,
    };

    private static string Text(TableEntity entity, string property) =>
        entity.TryGetValue(property, out var value) && value is string text ? text : "";
}
