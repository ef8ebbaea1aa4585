using Azure;

namespace ExportFunctions.Maintenance.Cleanup;

/// <summary>A file of an export in its container, with its manifest.</summary>
/// <param name="JobId">The export's id.</param>
/// <param name="File">The file; null when only its manifest is left.</param>
/// <param name="Manifest">Its manifest; null when there is none.</param>
internal sealed record StoredFile(Guid JobId, StoredBlob? File, StoredBlob? Manifest)
{
    /// <summary>The bytes of the file.</summary>
    public long Bytes => File?.Bytes ?? 0;

    /// <summary>The file and its manifest, as far as they exist.</summary>
    public IEnumerable<StoredBlob> Blobs => new[] { File, Manifest }.OfType<StoredBlob>();
}

/// <summary>A blob as it was listed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ETag">Its version.</param>
internal sealed record StoredBlob(string Name, long Bytes, ETag ETag)
{
    /// <summary>The name without its folders.</summary>
    public string ShortName => Name[(Name.LastIndexOf('/') + 1)..];
}
