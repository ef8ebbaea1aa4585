namespace ExportFunctions.Exports.Hosts;

/// <summary>Keeps which hosts there are on a storage account.</summary>
internal interface IHostStore
{
    /// <summary>Says that a host is there, or that it has stopped.</summary>
    Task PutAsync(HostRegistration host, ServedDatasets served, CancellationToken cancellationToken);

    /// <summary>All hosts. Those that were not seen for a day are forgotten.</summary>
    Task<HostList> ListAsync(CancellationToken cancellationToken);

    /// <summary>What a host serves; nothing when it is gone.</summary>
    Task<ServedDatasets> FindServedAsync(string id, CancellationToken cancellationToken);
}
