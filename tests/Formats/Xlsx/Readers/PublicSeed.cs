using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Tests.Datasets.Sources;

namespace ExportFunctions.Tests.Formats.Xlsx.Readers;

/// <summary>Fills SQLite with the public tables.</summary>
internal static class PublicSeed
{
    public static void Fill(SqliteFile database, PublicTable table)
    {
        database.Execute($"CREATE TABLE \"{table.Name}\" ({string.Join(", ", table.Columns.Select((column, i) => $"\"{column.SqlName}\" {SqlType(column.Type)}{(i == 0 ? " PRIMARY KEY" : "")}"))})");
        var marks = string.Join(", ", table.Columns.Select((_, i) => $"${i + 1}"));
        foreach (var row in table.Rows)
            database.Execute(
                $"INSERT INTO \"{table.Name}\" VALUES ({marks})", [.. row.Select((value, i) => Stored(value, table.Columns[i].Type))]);
    }

    private static string SqlType(ColumnType type) => type is ColumnType.Integer or ColumnType.Boolean ? "INTEGER" : "TEXT";

    private static object? Stored(object? value, ColumnType type) => value switch
    {
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time when type == ColumnType.LocalTimestamp => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        _ => value,
    };
}
