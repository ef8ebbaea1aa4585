using System.Globalization;
using ExportFunctions.Datasets;

namespace ExportFunctions.Formats.Numbers;

/// <summary>The number formats of columns that declare none.</summary>
internal static class DefaultFormats
{
    /// <summary>Dates by ISO 8601.</summary>
    public const string Date = "yyyy-mm-dd";

    /// <summary>Times to the second.</summary>
    public const string Time = "hh:mm:ss";

    /// <summary>Dates and times by ISO 8601, with a blank between them.</summary>
    public const string Timestamp = Date + " " + Time;

    /// <summary>
    /// A column's format when it declares none; null for texts and booleans, and for decimals that keep their own digits.
    /// </summary>
    /// <param name="column">The column.</param>
    public static string? Of(DatasetColumn column) => column.Type switch
    {
        ColumnType.Integer => "0",
        ColumnType.Decimal => column.Scale is { } scale ? (scale == 0 ? "0" : "0." + new string('0', scale)) : null,
        ColumnType.Date => Date,
        ColumnType.Timestamp or ColumnType.LocalTimestamp => Timestamp,
        ColumnType.Time => Time,
        _ => null,
    };

    /// <summary>The same, with dates and times as a culture writes them.</summary>
    /// <param name="culture">The culture; the invariant one writes them by ISO 8601.</param>
    /// <param name="column">The column.</param>
    public static string? In(CultureInfo culture, DatasetColumn column) => culture.Name.Length == 0 ? Of(column) : column.Type switch
    {
        ColumnType.Date => CulturePattern.DateOf(culture),
        ColumnType.Timestamp or ColumnType.LocalTimestamp => $"{CulturePattern.DateOf(culture)} {CulturePattern.TimeOf(culture)}",
        ColumnType.Time => CulturePattern.TimeOf(culture),
        _ => Of(column),
    };
}
