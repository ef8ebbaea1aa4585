using System.Globalization;
using ExportFunctions.Exports.Jobs;

namespace ExportFunctions.Exports.Files;

/// <summary>
/// The names of files in their container: <c>yyyy/MM/dd/{job's id}</c> with the file's ending, by the UTC day the job was accepted, and
/// the manifest beside it.
/// </summary>
internal static class ExportFileNames
{
    /// <summary>What a manifest's name ends with, after the job's id.</summary>
    public const string ManifestExtension = ".manifest.json";

    private const string Folder = "yyyy'/'MM'/'dd'/'";

    /// <summary>A job's file.</summary>
    public static string FileOf(ExportJob job) => StemOf(job) + Path.GetExtension(job.FileName);

    /// <summary>A job's manifest.</summary>
    public static string ManifestOf(ExportJob job) => StemOf(job) + ManifestExtension;

    /// <summary>The folder of a day, with the slash at its end.</summary>
    public static string FolderOf(DateOnly day) => day.ToString(Folder, CultureInfo.InvariantCulture);

    /// <summary>What all names of an export's files begin with.</summary>
    public static string PrefixOf(Guid id, DateOnly day) => $"{FolderOf(day)}{id:N}.";

    /// <summary>The day of a folder, as <see cref="FolderOf"/> writes it; false when it is another folder.</summary>
    public static bool TryReadFolder(string folder, out DateOnly day) =>
        DateOnly.TryParseExact(folder, Folder, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>The job's id in a name without its folders; false when the name is nobody's.</summary>
    public static bool TryReadId(string shortName, out Guid id)
    {
        id = default;
        return shortName.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 && Guid.TryParseExact(shortName[..dot], "N", out id);
    }

    private static string StemOf(ExportJob job) => $"{FolderOf(DateOnly.FromDateTime(job.CreatedAt.UtcDateTime))}{job.Id:N}";
}
