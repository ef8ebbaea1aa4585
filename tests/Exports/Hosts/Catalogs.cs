using ExportFunctions.Datasets;
using ExportFunctions.Exports;
using ExportFunctions.Exports.Requests;
using ExportFunctions.Formats;
using ExportFunctions.Notifications;
using Microsoft.Extensions.Options;

namespace ExportFunctions.Tests.Exports.Hosts;

/// <summary>The dataset <c>numbers</c> of <see cref="ExportsWorld"/> as several hosts define it.</summary>
internal static class Catalogs
{
    /// <summary>What <see cref="ExportsWorld"/> serves.</summary>
    public static DatasetCatalog World => Of("", "datasets.json", "n");

    /// <summary>The same columns from another database.</summary>
    public static DatasetCatalog Elsewhere => Of("Data Source=/elsewhere/numbers.db", "other.json", "n");

    /// <summary>The same database with one column more.</summary>
    public static DatasetCatalog Edited => Of("", "datasets.json", "n", "m");

    /// <summary>The same database with one column more, by another file.</summary>
    public static DatasetCatalog Neighbour => Of("", "other.json", "n", "m");

    /// <summary>The same database without the column.</summary>
    public static DatasetCatalog Emptied => Of("", "datasets.json", "m");

    public static ExportRequestReader Reader(DatasetCatalog catalog, IFileFormat? format = null) =>
        new(
            catalog,
            new FormatCatalog([format ?? new LinesFormat()]),
            new AddressListReader(new NotificationOptions()),
            Options.Create(new ExportOptions()));

    private static DatasetCatalog Of(string connection, string file, params string[] columns)
    {
        DatasetColumn[] declared = [.. columns.Select(
            name => new DatasetColumn { Name = name, Title = name.ToUpperInvariant(), Type = ColumnType.Integer, SqlName = name })];
        var dataset = new Dataset
        {
            Name = "numbers",
            Title = "Numbers",
            Source = "memory",
            Table = ["numbers"],
            Key = [declared[0]],
            Columns = declared,
        };
        return new DatasetCatalog([dataset], [new DataSource("memory", SourceProvider.Sqlite, connection)], file);
    }
}
