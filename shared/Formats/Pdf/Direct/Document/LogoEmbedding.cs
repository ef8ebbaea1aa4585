using System.Globalization;
using ExportFunctions.Formats.Pdf.Direct.Objects;
using ExportFunctions.Formats.Pdf.Images;

namespace ExportFunctions.Formats.Pdf.Direct.Document;

/// <summary>Writes a logo as an image XObject (ISO 32000-1, 8.9), its alpha channel as a soft mask.</summary>
internal static class LogoEmbedding
{
    /// <summary>Writes it.</summary>
    /// <returns>The object's number.</returns>
    public static int Write(PdfFile file, Logo logo)
    {
        var id = file.Reserve();
        var mask = logo.Alpha is null ? (int?)null : file.Reserve();
        Write(file, logo, id, logo.Samples, logo.IsGrey, mask);
        if (mask is { } number)
            Write(file, logo, number, logo.Alpha!, isGrey: true, mask: null);

        return id;
    }

    private static void Write(PdfFile file, Logo logo, int id, byte[] samples, bool isGrey, int? mask)
    {
        var text = file.Begin(id).Add(string.Create(
            CultureInfo.InvariantCulture,
            $"<</Type/XObject/Subtype/Image/Width {logo.Width}/Height {logo.Height}/BitsPerComponent 8/Filter/FlateDecode"))
            .Add(isGrey ? "/ColorSpace/DeviceGray"u8 : "/ColorSpace/DeviceRGB"u8);
        if (mask is { } number)
            text.Add("/SMask "u8).Reference(number);

        text.Add("/Length "u8).Add(samples.Length).Add(">>stream\n"u8).Add(samples).Add("\nendstream"u8);
        file.End();
    }
}
