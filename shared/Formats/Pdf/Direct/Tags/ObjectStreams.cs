using ExportFunctions.Formats.Pdf.Direct.Objects;

namespace ExportFunctions.Formats.Pdf.Direct.Tags;

/// <summary>Packs many small objects into compressed object streams (ISO 32000-1, 7.5.7).</summary>
/// <param name="file">The file.</param>
internal sealed class ObjectStreams(PdfFile file) : IDisposable
{
    private const int MaxObjects = 1000;

    private readonly PdfBuffer _objects = new();
    private readonly PdfBuffer _directory = new();
    private int _stream;
    private int _count;

    /// <summary>The text of the open object.</summary>
    public PdfBuffer Text => _objects;

    /// <summary>True when <see cref="Flush"/> should be called before more is added.</summary>
    public bool IsFull => _count >= MaxObjects;

    /// <summary>Starts an object, which is a dictionary or an array; its text goes into the result.</summary>
    public PdfBuffer Begin(int id)
    {
        if (_count == 0)
            _stream = file.Reserve();

        _directory.Add(id).Add(" "u8).Add(_objects.Length).Add(" "u8);
        file.PlaceInStream(id, _stream, _count++);
        return _objects;
    }

    /// <summary>Ends the object.</summary>
    public void End() => _objects.Add("\n"u8);

    /// <summary>Writes the stream in hand. No other object may be open.</summary>
    public void Flush()
    {
        if (_count == 0)
            return;

        file.BeginStream(_stream, $"/Type/ObjStm/N {_count}/First {_directory.Length}").Add(_directory.Written).Add(_objects.Written);
        file.End();
        _objects.Clear();
        _directory.Clear();
        _count = 0;
    }

    public void Dispose()
    {
        _objects.Dispose();
        _directory.Dispose();
    }
}
