using System.Globalization;
using Azure.Data.Tables;

namespace ExportFunctions.Maintenance.Deletions;

/// <summary>Keys of rows that belong to an export of a day: <c>yyyyMMdd-{export's id}</c>, in order of days.</summary>
internal static class DayKeys
{
    private const string Form = "yyyyMMdd";

    public static string RowOf(DateOnly day, Guid exportId) => $"{Text(day)}-{exportId:N}";

    /// <summary>The filter for a partition's rows of a day.</summary>
    public static string OfDay(string partition, DateOnly day) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {Text(day) + "-"} and RowKey lt {Text(day) + "."}");

    /// <summary>The filter for a partition's rows of days before one.</summary>
    public static string Before(string partition, DateOnly day) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey lt {Text(day)}");

    /// <summary>The day and export of a row; null when the key has another form.</summary>
    public static (DateOnly Day, Guid ExportId)? Read(string row) =>
        row.Split('-') is [var day, var id]
        && DateOnly.TryParseExact(day, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && Guid.TryParseExact(id, "N", out var exportId)
            ? (date, exportId)
            : null;

    private static string Text(DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);
}
