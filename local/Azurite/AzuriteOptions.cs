namespace ExportFunctions.Local.Azurite;

/// <summary>Which Azurite to start, and where.</summary>
internal sealed record AzuriteOptions
{
    /// <summary>The folder with Azurite's package.json and package-lock.json.</summary>
    public required string PackageFolder { get; init; }

    /// <summary>Where the data is kept; made on demand.</summary>
    public required string Location { get; init; }

    /// <summary>The port of the blob service; 0 takes a free one.</summary>
    public int BlobPort { get; init; } = 10_000;

    /// <summary>The port of the queue service; 0 takes a free one.</summary>
    public int QueuePort { get; init; } = 10_001;

    /// <summary>The port of the table service; 0 takes a free one.</summary>
    public int TablePort { get; init; } = 10_002;

    /// <summary>How long Azurite may take to listen; 60 seconds by default.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long Azurite may take to save its data and end; 5 seconds by default. Then it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Told in plain words what takes time.</summary>
    public Action<string> Report { get; init; } = static _ => { };

    /// <summary>Further accounts beside the development account, with its key; names of lower-case letters and digits.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Environment variables that it has beside this program's.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    public AzuriteOptions OnFreePorts() => this with { BlobPort = 0, QueuePort = 0, TablePort = 0 };
}
