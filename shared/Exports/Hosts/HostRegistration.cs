namespace ExportFunctions.Exports.Hosts;

/// <summary>A host that takes work from the shared queues, and what it serves.</summary>
internal sealed record HostRegistration
{
    /// <summary>The process, by an id of its own.</summary>
    public required string Id { get; init; }

    /// <summary>What records call the host.</summary>
    public required string Host { get; init; }

    /// <summary>The name of its datasets file, without the folder.</summary>
    public required string File { get; init; }

    /// <summary>The hash of all it serves: equal for hosts that serve the same.</summary>
    public required string Catalog { get; init; }

    /// <summary>When it was seen last, by the storage service's clock.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>Whether it has stopped in good order.</summary>
    public bool HasStopped { get; init; }
}

/// <summary>The hosts of a storage account, as they were read.</summary>
/// <param name="Registrations">Every host that was seen lately, those that are gone included.</param>
/// <param name="Now">When they were read, by the storage service's clock: hosts' clocks may differ.</param>
internal sealed record HostList(IReadOnlyList<HostRegistration> Registrations, DateTimeOffset Now);
