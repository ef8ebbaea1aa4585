using ExportFunctions.Formats.Pdf.Fonts;

namespace ExportFunctions.Tests.Formats.Pdf;

/// <summary>A folder of font files for one test.</summary>
internal sealed class FontFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fonts");

    public string Path => _folder.FullName;

    public string Add(string name, byte[]? bytes = null)
    {
        var path = System.IO.Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes ?? Shipped(ShippedFonts.Hebrew));
        return path;
    }

    public static byte[] Shipped(string name)
    {
        using var source = ShippedFonts.Open(name);
        var bytes = new byte[source.Length];
        source.ReadExactly(bytes);
        return bytes;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
