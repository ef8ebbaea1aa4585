namespace ExportFunctions.Formats.Pdf.Images;

/// <summary>A picture as a PDF holds it: eight bits a sample, the alpha channel by itself.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Samples">Row by row: red, green and blue, or grey alone.</param>
/// <param name="IsGrey">Whether a pixel has one sample rather than three.</param>
/// <param name="Alpha">How opaque each pixel is; null when all are.</param>
internal sealed record PngImage(int Width, int Height, byte[] Samples, bool IsGrey, byte[]? Alpha)
{
    /// <summary>The largest file in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The most pixels.</summary>
    public const int MaxPixels = 4_000_000;

    /// <summary>Reads a PNG file (ISO/IEC 15948): every colour type, depth and interlacing. Colours are taken as sRGB.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">It is no PNG, damaged or too large; the message says which.</exception>
    public static PngImage Read(ReadOnlySpan<byte> file)
    {
        var chunks = PngChunks.Read(file);
        var rows = new PngRows(chunks).Unfilter();
        return new PngPixels(chunks.Header, chunks.Palette, chunks.Transparency).Convert(rows);
    }
}
