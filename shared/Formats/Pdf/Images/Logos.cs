using System.Collections.Concurrent;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Pdf.Images;

/// <summary>The logos of this process, read when first needed.</summary>
/// <param name="standard">The file of the setting; null without one.</param>
internal sealed class Logos(string? standard)
{
    private readonly ConcurrentDictionary<string, Lazy<Logo>> _byPath = new(StringComparer.Ordinal);

    /// <summary>The logo of a file; null when it has none.</summary>
    /// <exception cref="ExportFailureException">It can't be read any more.</exception>
    public Logo? Of(FileLayout layout)
    {
        var path = layout.LogoFile ?? standard;
        return path is null || !layout.Options.Logo ? null : _byPath.GetOrAdd(path, file => new Lazy<Logo>(() => Load(file))).Value;
    }

    private static Logo Load(string path)
    {
        try
        {
            return Logo.Load(path);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // It could be read when the app started.
            throw ExportFailureException.Permanent(
                "logo_unreadable",
                "The logo of the dataset or of the setting Exports:Pdf:Logo cannot be read any more. Ask the operator to check it, or"
                    + " set the option \"logo\" to false.",
                exception);
        }
    }
}
