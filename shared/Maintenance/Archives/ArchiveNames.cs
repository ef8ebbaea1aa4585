using System.Globalization;

namespace ExportFunctions.Maintenance.Archives;

/// <summary>The names of archives: <c>yyyy/MM/yyyy-MM-dd.zip</c>, and <c>yyyy/MM/yyyy-MM-dd-2.zip</c> when the first is full.</summary>
internal static class ArchiveNames
{
    public static string Of(DateOnly day, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{day:yyyy'/'MM'/'yyyy'-'MM'-'dd}{(part == 1 ? "" : $"-{part}")}.zip");
}
