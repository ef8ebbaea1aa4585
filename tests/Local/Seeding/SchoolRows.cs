using System.Globalization;
using System.Text;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Local.Seeding;

namespace ExportFunctions.Tests.Local.Seeding;

/// <summary>The generator's rows as text: cells as SQLite stores them, null for missing ones.</summary>
internal static class SchoolRows
{
    public static SchoolTable Table(string name) => SchoolTable.All.Single(table => table.Name == name);

    public static IEnumerable<string?[]> Of(string table, long first, int count)
    {
        var rows = Table(table);
        var batch = rows.CreateBatch();
        for (var row = first; row < first + count; row++)
        {
            batch.Clear();
            rows.AddRow(batch, row);
            yield return [.. rows.Columns.Select((column, position) => Cell(batch, column, position))];
        }
    }

    public static IEnumerable<string?> Column(string table, string column, int count)
    {
        var position = Table(table).Columns.ToList().FindIndex(candidate => candidate.Name == column);
        return Of(table, 0, count).Select(row => row[position]);
    }

    private static string? Cell(RowBatch batch, SchoolColumn column, int position) => batch.IsNull(0, position) ? null : column.Type switch
    {
        ColumnType.Integer => batch.GetInteger(0, position).ToString(CultureInfo.InvariantCulture),
        ColumnType.Decimal => batch.GetDecimal(0, position).ToString(CultureInfo.InvariantCulture),
        ColumnType.Boolean => batch.GetBoolean(0, position) ? "1" : "0",
        ColumnType.Date => batch.GetDate(0, position).ToString("O", CultureInfo.InvariantCulture),
        ColumnType.Timestamp => batch.GetTimestamp(0, position).ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture),
        _ => Encoding.UTF8.GetString(batch.GetText(0, position)),
    };
}
