namespace ExportFunctions.Datasets.Sources;

/// <summary>Describes the kind of a value that could not be read, in words that follow "holds"; never the value itself.</summary>
internal static class UnreadableKinds
{
    /// <summary>A number where a date or time should be.</summary>
    public static string PlainNumber(DatasetColumn column) => column.Stored is null && IsTime(column.Type)
        ? "a plain number (\"stored\" says what it counts, such as \"unixSeconds\")"
        : "a number out of range";

    /// <summary>A floating-point number.</summary>
    public static string OfReal(double real, DatasetColumn column) => real switch
    {
        double.NaN => "NaN, which is not a number",
        double.PositiveInfinity or double.NegativeInfinity => "an infinite number",
        _ when column.Type == ColumnType.Boolean => "a number that is neither 0 nor 1",
        _ when column.Type == ColumnType.Integer =>
            real == Math.Truncate(real) ? "a number of more than 64 bits" : "a number with a fraction",
        _ => PlainNumber(column),
    };

    /// <summary>A text.</summary>
    public static string OfText(ReadOnlySpan<byte> trimmed, DatasetColumn column) => trimmed.IsEmpty ? "an empty text" : column.Type switch
    {
        ColumnType.Integer => "text that is not a whole number of 64 bits",
        ColumnType.Decimal => "text that is not a number",
        ColumnType.Boolean => "text that says neither true nor false",
        _ when column.Stored is not null => "text that is not a number",
        ColumnType.Date => "text that is not a date (yyyy-MM-dd)",
        ColumnType.Timestamp => "text that is not a time by ISO 8601 (yyyy-MM-ddTHH:mm:ssZ)",
        ColumnType.LocalTimestamp => "text that is not a date and time by ISO 8601 (yyyy-MM-ddTHH:mm:ss)",
        ColumnType.Time => "text that is not a time of day (HH:mm:ss)",
        _ => "text",
    };

    private static bool IsTime(ColumnType type) =>
        type is ColumnType.Date or ColumnType.Timestamp or ColumnType.LocalTimestamp or ColumnType.Time;
}
