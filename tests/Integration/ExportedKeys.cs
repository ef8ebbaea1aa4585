using System.Globalization;
using System.Text;
using MiniExcelLibs;

namespace ExportFunctions.Tests.Integration;

/// <summary>Reads the first column of a file's rows, a number in each, in the file's order.</summary>
internal static class ExportedKeys
{
    public static IEnumerable<int> Of(string format, byte[] file) => format switch
    {
        "csv" => OfCsv(file),
        "excel" => OfExcel(file),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, message: null),
    };

    private static IEnumerable<int> OfCsv(byte[] file) => Encoding.UTF8.GetString(file).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(line => int.Parse(line.AsSpan(0, line.IndexOf(',', StringComparison.Ordinal)), CultureInfo.InvariantCulture));

    // Every sheet has the header.
    private static IEnumerable<int> OfExcel(byte[] file)
    {
        using var stream = new MemoryStream(file);
        foreach (var sheet in stream.GetSheetNames())
        {
            foreach (var row in stream.Query(useHeaderRow: true, sheetName: sheet).Cast<IDictionary<string, object?>>())
                yield return Convert.ToInt32(row.Values.First(), CultureInfo.InvariantCulture);
        }
    }
}
