namespace ExportFunctions.Exports.Hosts;

/// <summary>A host that takes work from the shared queues, and what it serves.</summary>
internal sealed record HostRegistration
{
    /// <summary>A unique id of the process.</summary>
    public required string Id { get; init; }

    /// <summary>The host's name in records.</summary>
    public required string Host { get; init; }

    /// <summary>The name of its datasets file, without the folder.</summary>
    public required string File { get; init; }

    /// <summary>The hash of everything it serves: equal for hosts that serve the same.</summary>
    public required string Catalog { get; init; }

    /// <summary>When it was last seen, by the storage service's clock.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>Whether it shut down gracefully.</summary>
    public bool HasStopped { get; init; }
}

/// <summary>The hosts of a storage account as of a moment.</summary>
/// <param name="Registrations">Every host seen recently, including those that are gone.</param>
/// <param name="Now">When they were read, by the storage service's clock, since hosts' clocks may differ.</param>
internal sealed record HostList(IReadOnlyList<HostRegistration> Registrations, DateTimeOffset Now);
