using System.Globalization;

namespace ExportFunctions.Maintenance.Archives;

/// <summary>
/// The names of archives: <c>yyyy/MM/yyyy-MM-dd.zip</c>, and <c>yyyy/MM/yyyy-MM-dd-2.zip</c> where the first can't take more.
/// </summary>
internal static class ArchiveNames
{
    public static string Of(DateOnly day, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{day:yyyy'/'MM'/'yyyy'-'MM'-'dd}{(part == 1 ? "" : $"-{part}")}.zip");
}
