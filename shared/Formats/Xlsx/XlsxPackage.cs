using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>
/// The zip file around the parts, written forward only: one part at a time, deflated into memory and handed on in pieces. Parts past
/// 4 GB get zip64 records in the central directory, which spreadsheet programs read.
/// </summary>
internal sealed class XlsxPackage : IAsyncDisposable
{
    private const int DrainBytes = 256 * 1024;

    private readonly Stream _output;
    private readonly DateTimeOffset _partTime;
    private readonly GatheringStream _gathered = new();
    private readonly ZipArchive _zip;
    private Stream? _part;

    /// <summary>Starts a package.</summary>
    /// <param name="output">Where the bytes go; written asynchronously only.</param>
    /// <param name="createdAt">The time the parts carry, so that the same content gives the same bytes.</param>
    public XlsxPackage(Stream output, DateTimeOffset createdAt)
    {
        _output = output;
        _partTime = ZipTime(createdAt);
        _zip = new ZipArchive(_gathered, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>Starts a part; the one before must have ended.</summary>
    /// <param name="name">The part's name, without a leading slash.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async ValueTask BeginPartAsync(string name, CancellationToken cancellationToken)
    {
        // Deflate takes most of a writer's time. On sheet XML, level 1 was measured at five times the default's speed for three quarters more bytes.
        var entry = _zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = _partTime;
        _part = await entry.OpenAsync(cancellationToken);
    }

    /// <summary>Adds to the part and hands on what has gathered.</summary>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public ValueTask WriteAsync(ReadOnlySpan<byte> content, CancellationToken cancellationToken)
    {
        _part!.Write(content);
        return _gathered.Pending >= DrainBytes ? DrainAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    /// <summary>Ends the part.</summary>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async ValueTask EndPartAsync(CancellationToken cancellationToken)
    {
        await _part!.DisposeAsync();
        _part = null;
        await DrainAsync(cancellationToken);
    }

    /// <summary>Writes a whole small part.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="root">Its root element.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public ValueTask WritePartAsync(string name, OpenXmlElement root, CancellationToken cancellationToken) =>
        WritePartAsync(name, root.OuterXml, cancellationToken);

    /// <summary>Writes a whole small part.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="xml">Its XML without the declaration.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async ValueTask WritePartAsync(string name, string xml, CancellationToken cancellationToken)
    {
        await BeginPartAsync(name, cancellationToken);
        await WriteAsync(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml), cancellationToken);
        await EndPartAsync(cancellationToken);
    }

    /// <summary>Hands on what has gathered.</summary>
    /// <param name="cancellationToken">Stops the writing.</param>
    public ValueTask DrainAsync(CancellationToken cancellationToken) => _gathered.DrainAsync(_output, cancellationToken);

    /// <summary>Writes the central directory: the file is whole then.</summary>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await _zip.DisposeAsync();
        await DrainAsync(cancellationToken);
        await _output.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Closing a zip ends it; the end of an unfinished one goes into memory and is forgotten there.
        if (_part is not null)
            await _part.DisposeAsync();

        await _zip.DisposeAsync();
        await _gathered.DisposeAsync();
    }

    // Zip times have no zone, count in two seconds and reach from 1980 to 2107.
    private static DateTimeOffset ZipTime(DateTimeOffset createdAt)
    {
        var utc = createdAt.ToUniversalTime();
        return utc.Year is >= 1980 and <= 2107 ? utc : new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
