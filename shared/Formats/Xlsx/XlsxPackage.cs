using System.Text;
using ExportFunctions.Compression;
using ExportFunctions.Compression.Fields;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>The zip file around the parts, written forward-only: small parts at once, sheets as they are produced.</summary>
internal sealed class XlsxPackage : IAsyncDisposable
{
    /// <summary>
    /// zlib's level, for small parts and where sheets are compressed by it. Level 3 gives a tenth less at a little over half the speed.
    /// </summary>
    public const int Level = 2;

    private readonly Stream _output;
    private readonly DeflateSettings _compression;
    private readonly ZipWriter _zip;
    private ParallelDeflater? _sheet;

    /// <summary>Starts a package.</summary>
    /// <param name="output">Where the bytes go; written asynchronously only.</param>
    /// <param name="createdAt">The time the parts carry, so that the same content gives the same bytes.</param>
    /// <param name="compression">How a sheet is compressed.</param>
    public XlsxPackage(Stream output, DateTimeOffset createdAt, DeflateSettings compression)
    {
        _output = output;
        _compression = compression;
        _zip = new ZipWriter(output, createdAt, Level, compression.Threads);
    }

    /// <summary>Continues a package whose first parts others have written.</summary>
    /// <param name="before">Those parts; its offset is where the output begins.</param>
    public void Resume(ZipDirectory before) => _zip.Resume(before);

    /// <summary>The directory's records of the parts written here.</summary>
    public byte[] DirectoryRecords() => _zip.DirectoryRecords();

    /// <summary>Starts a sheet's part; the one before must have ended.</summary>
    /// <param name="name">The part's name, without a leading slash.</param>
    /// <param name="maybeHuge">Whether its XML may pass 4 GB.</param>
    /// <param name="shape">What is known of the sheet's rows.</param>
    /// <returns>Takes the sheet's XML.</returns>
    public async ValueTask<ParallelDeflater> BeginSheetAsync(
        string name, bool maybeHuge, FieldShape shape, CancellationToken cancellationToken) =>
        _sheet = await _zip.BeginEntryAsync(name, maybeHuge, _compression.Engine == DeflateEngine.Fields ? shape : null, cancellationToken);

    /// <summary>Compresses and passes on the sheet's full chunks.</summary>
    public ValueTask FlushSheetAsync(CancellationToken cancellationToken) => _sheet!.FlushFullChunksAsync(_output, cancellationToken);

    /// <summary>Ends the sheet's part.</summary>
    public ValueTask EndSheetAsync(CancellationToken cancellationToken) => _zip.EndEntryAsync(cancellationToken);

    /// <summary>Writes a whole small part.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="xml">Its XML without the declaration.</param>
    public ValueTask WritePartAsync(string name, string xml, CancellationToken cancellationToken) =>
        _zip.WriteEntryAsync(
            name, Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml), cancellationToken);

    /// <summary>Writes the central directory, which completes the file.</summary>
    public ValueTask CompleteAsync(CancellationToken cancellationToken) => _zip.CompleteAsync(cancellationToken);

    /// <summary>Flushes what is written, without completing the file.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _zip.DisposeAsync();
}
