using System.Globalization;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Files;

/// <summary>
/// The names of files in their container: <c>yyyy/MM/dd/{job's id}</c> with the file's extension, by the UTC day the job was accepted, and
/// the manifest beside it.
/// </summary>
internal static class ExportFileNames
{
    /// <summary>The suffix of a manifest's name, after the job's id.</summary>
    public const string ManifestExtension = ".manifest.json";

    private const string Folder = "yyyy'/'MM'/'dd'/'";

    /// <summary>A job's file.</summary>
    public static string FileOf(ExportJob job) => StemOf(job) + Path.GetExtension(job.FileName);

    /// <summary>A job's manifest.</summary>
    public static string ManifestOf(ExportJob job) => StemOf(job) + ManifestExtension;

    /// <summary>The folder of a day, with a trailing slash.</summary>
    public static string FolderOf(DateOnly day) => day.ToString(Folder, CultureInfo.InvariantCulture);

    /// <summary>The common prefix of all file names of an export.</summary>
    public static string PrefixOf(Guid id, DateOnly day) => $"{FolderOf(day)}{id:N}.";

    /// <summary>Parses a day's folder as <see cref="FolderOf"/> writes it; false for any other folder.</summary>
    public static bool TryReadFolder(string folder, out DateOnly day) =>
        DateOnly.TryParseExact(folder, Folder, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>Parses the job's id from a name without its folders; false when the name is not that of an export's file.</summary>
    public static bool TryReadId(string shortName, out Guid id)
    {
        id = default;
        return shortName.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 && Guid.TryParseExact(shortName[..dot], "N", out id);
    }

    private static string StemOf(ExportJob job) => $"{FolderOf(DateOnly.FromDateTime(job.CreatedAt.UtcDateTime))}{job.Id:N}";
}
