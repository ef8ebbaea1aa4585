namespace ExportFunctions.Exports.Hosts;

/// <summary>Stores which hosts use a storage account.</summary>
internal interface IHostStore
{
    /// <summary>Records that a host is alive, or that it has stopped.</summary>
    Task PutAsync(HostRegistration host, ServedDatasets served, CancellationToken cancellationToken);

    /// <summary>All hosts. Those not seen for a day are removed.</summary>
    Task<HostList> ListAsync(CancellationToken cancellationToken);

    /// <summary>What a host serves; nothing when it is gone.</summary>
    Task<ServedDatasets> FindServedAsync(string id, CancellationToken cancellationToken);
}
