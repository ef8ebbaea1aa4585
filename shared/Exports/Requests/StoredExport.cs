using ExportFunctions.Datasets.Identity;
using ExportFunctions.Formats;
using ExportFunctions.Problems;

namespace ExportFunctions.Exports.Requests;

/// <summary>A stored request as far as a host that serves other datasets can read it: enough to name its file.</summary>
/// <param name="Format">The format's name.</param>
/// <param name="FileName">The requested file name; null for a name made from dataset and time.</param>
/// <param name="FileExtension">The format's extension, with its dot.</param>
/// <param name="CheckedAgainst">The dataset it was validated against.</param>
/// <param name="Json">The request.</param>
internal sealed record StoredExport(string Format, string? FileName, string FileExtension, DatasetIdentity CheckedAgainst, string Json)
{
    /// <summary>Reads a stored request.</summary>
    /// <param name="json">The request, as in <see cref="ExportRequest.Json"/>.</param>
    /// <param name="format">The format's name.</param>
    /// <param name="checkedAgainst">The dataset it was validated against.</param>
    /// <param name="formats">The formats.</param>
    public static StoredExport Read(string json, string format, DatasetIdentity checkedAgainst, FormatCatalog formats)
    {
        var request = StoredRequest.Parse(json);
        return new StoredExport(format, request.FileName, ExtensionOf(request, format, formats), checkedAgainst, json);
    }

    // A format unknown to this host comes from a later version.
    private static string ExtensionOf(StoredRequest request, string format, FormatCatalog formats) => formats.Find(format) is { } known
        ? known.FileExtensionOf(WriterOptionsReader.Read(request.Given("options"), known.Name, new FieldErrors()))
        : $".{format}";
}
