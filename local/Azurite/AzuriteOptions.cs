namespace ExportFunctions.Local.Azurite;

/// <summary>Which Azurite to start, and where.</summary>
internal sealed record AzuriteOptions
{
    /// <summary>The folder with Azurite's package.json and package-lock.json.</summary>
    public required string PackageFolder { get; init; }

    /// <summary>The data folder; created on demand.</summary>
    public required string Location { get; init; }

    /// <summary>The port of the blob service; 0 picks a free one.</summary>
    public int BlobPort { get; init; } = 10_000;

    /// <summary>The port of the queue service; 0 picks a free one.</summary>
    public int QueuePort { get; init; } = 10_001;

    /// <summary>The port of the table service; 0 picks a free one.</summary>
    public int TablePort { get; init; } = 10_002;

    /// <summary>How long Azurite may take to start listening; 60 seconds by default.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long Azurite may take to save its data and exit; 5 seconds by default. Then it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Receives progress messages about slow steps.</summary>
    public Action<string> Report { get; init; } = static _ => { };

    /// <summary>
    /// Accounts in addition to the development account, with the same key; their names consist of lower-case letters and digits.
    /// </summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Additional environment variables for its process.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    public AzuriteOptions OnFreePorts() => this with { BlobPort = 0, QueuePort = 0, TablePort = 0 };
}
