using System.Reflection;

namespace ExportFunctions.Bench.Reports;

/// <summary>The versions of the runtime and of the packages in this process.</summary>
internal static class Versions
{
    private static readonly Type[] Packages =
    [
        typeof(CsvHelper.CsvWriter),
        typeof(nietras.SeparatedValues.SepWriter),
        typeof(Sylvan.Data.Csv.CsvDataWriter),
        typeof(MiniExcelLibs.MiniExcel),
        typeof(DocumentFormat.OpenXml.OpenXmlWriter), typeof(SpreadCheetah.Spreadsheet), typeof(SkiaSharp.SKCanvas),
        typeof(HarfBuzzSharp.Font),
        typeof(Microsoft.Data.Sqlite.SqliteConnection),
        typeof(Npgsql.NpgsqlConnection),
        typeof(Azure.Storage.Blobs.BlobClient),
    ];

    public static string Describe() => string.Join(", ", Packages.Select(Describe).Prepend($".NET {Environment.Version}"));

    private static string Describe(Type type)
    {
        var assembly = type.Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version!.ToString();
        return $"{assembly.GetName().Name} {version.Split('+')[0]}";
    }
}
