using System.Globalization;
using ExportFunctions.Bench.Rows;
using ExportFunctions.Bench.Stages;
using ExportFunctions.Formats.Pdf;

namespace ExportFunctions.Bench.Writers;

/// <summary>The rows and a font as files, for peers in other languages; made on demand.</summary>
internal sealed class RowsFile(PersonRow[] rows, BenchFolder files)
{
    private readonly Lazy<string> _rows = new(() => WriteRows(rows, files.PathOf("rows.tsv")));
    private readonly Lazy<string> _font = new(() => WriteFont(files.PathOf("font.ttf")));

    /// <summary>A line a row, fields between tabs, no header.</summary>
    public string Path => _rows.Value;

    public string FontPath => _font.Value;

    private static string WriteRows(PersonRow[] rows, string path)
    {
        File.WriteAllLines(path, rows.Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Id}\t{row.StudentNumber}\t{row.FirstName}\t{row.LastName}\t{row.Email}\t{row.BirthDate:yyyy-MM-dd}\t{row.Year}\t{row.Balance}\t{(row.IsActive ? 1 : 0)}")));
        return path;
    }

    private static string WriteFont(string path)
    {
        using var font = typeof(PdfOptions).Assembly.GetManifestResourceStream("NotoSans-Regular.ttf")!;
        using var file = File.Create(path);
        font.CopyTo(file);
        return path;
    }
}
