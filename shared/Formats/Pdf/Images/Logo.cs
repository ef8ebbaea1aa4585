using System.IO.Compression;

namespace ExportFunctions.Formats.Pdf.Images;

/// <summary>A picture for the head of a document, ready to be written: its streams compressed once for all documents.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="IsGrey">Whether a pixel has one sample rather than three.</param>
/// <param name="Samples">The compressed samples.</param>
/// <param name="Alpha">The compressed alpha channel; null when all is opaque.</param>
internal sealed record Logo(int Width, int Height, bool IsGrey, byte[] Samples, byte[]? Alpha)
{
    private const float MaxHeight = 44;
    private const float MaxWidth = 180;

    // A pixel of a screen; a picture is never enlarged beyond.
    private const float PixelPoints = 0.75f;

    /// <summary>Reads a PNG file.</summary>
    /// <exception cref="InvalidDataException">It is no PNG that can be shown; the message says why.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Logo Load(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (file.Length > PngImage.MaxBytes)
            throw new InvalidDataException($"it has more than {PngImage.MaxBytes} bytes");

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var image = PngImage.Read(bytes);
        var alpha = image.Alpha is null ? null : Compress(image.Alpha);
        return new Logo(image.Width, image.Height, image.IsGrey, Compress(image.Samples), alpha);
    }

    /// <summary>Its size on the page, in points.</summary>
    public (float Width, float Height) Size
    {
        get
        {
            var scale = Math.Min(PixelPoints, Math.Min(MaxWidth / Width, MaxHeight / Height));
            return (Width * scale, Height * scale);
        }
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var deflate = new ZLibStream(target, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(bytes);

        return target.ToArray();
    }
}
