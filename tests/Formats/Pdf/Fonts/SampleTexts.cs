using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Local.Seeding;

namespace ExportFunctions.Tests.Formats.Pdf.Fonts;

/// <summary>The texts of the sample school: names and cities of ten languages, and notes with pictographs.</summary>
internal static class SampleTexts
{
    private const int Students = 5000;

    public static IReadOnlyList<string> All { get; } = Read();

    private static List<string> Read()
    {
        var table = new StudentsTable();
        var batch = new RowBatch([.. table.Columns.Select(column => column.Type)], Students);
        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (var student = 0; student < Students; student++)
        {
            table.AddRow(batch, student);
            for (var column = 0; column < table.Columns.Count; column++)
            {
                if (table.Columns[column].Type is ColumnType.Text
                    && !batch.IsNull(student, column)
                    && table.Columns[column].Name != "email")
                    texts.Add(Encoding.UTF8.GetString(batch.GetText(student, column)));
            }
        }

        return [.. texts.Where(text => text.Length < 30)];
    }
}
