using System.Globalization;
using ExportFunctions.Datasets.Values;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Sources;

/// <summary>How to round a time that lies between two that the database can represent.</summary>
internal enum PostgresRounding
{
    /// <summary>None.</summary>
    Exact,

    /// <summary>Down to the earlier one.</summary>
    Down,

    /// <summary>Up to the later one.</summary>
    Up,
}

/// <summary>
/// How a typed column is compared: by its exported value, and as the plain column where that is equivalent, so that an index can be used.
/// </summary>
/// <param name="Compared">The SQL of the value.</param>
/// <param name="Sorted">The SQL to sort by.</param>
/// <param name="Readable">A condition that only readable values meet, which ordering comparisons need.</param>
/// <param name="Cast">The type that values, sent as text, are cast to.</param>
/// <param name="Value">The text of a value; null when the database can't have an equal one.</param>
internal sealed record PostgresOperand(
    string Compared, string Sorted, string Readable, string Cast, Func<object, PostgresRounding, string?> Value)
{
    private const string AnyValue = "TRUE";

    /// <summary>The operand of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="types">The columns' types in the database.</param>
    /// <param name="name">The column's name in the statement.</param>
    /// <exception cref="ExportFailureException">The column can't be compared.</exception>
    public static PostgresOperand Of(DatasetColumn column, PostgresTypes types, string name)
    {
        var actual = types.Of(column);
        var operand = column.Stored is { } form ? OfStored(column, form, actual, name) : column.Type switch
        {
            ColumnType.Integer => OfInteger(actual, name),
            ColumnType.Decimal => OfDecimal(actual, name, column.Scale),
            ColumnType.Boolean => OfBoolean(actual, name),
            ColumnType.Date => OfDate(actual, name),
            ColumnType.Time => OfTime(actual, name),
            ColumnType.LocalTimestamp when IsLocalTimestamp(actual) || actual == "date" => OfTimestamp(name, "timestamp"),
            ColumnType.Timestamp when actual.StartsWith("timestamp", StringComparison.Ordinal) || actual == "date" =>
                OfTimestamp(name, "timestamptz"),
            _ => null,
        };
        return operand ?? throw types.CannotCompare(column);
    }

    private static PostgresOperand? OfInteger(string actual, string name) => actual switch
    {
        "bigint" or "integer" or "smallint" => new(name, name, AnyValue, "bigint", (value, _) => Number(value)),
        _ when IsNumber(actual) =>
            new(name, name, $"{name} - {name} = 0 AND {name} = trunc({name})", "numeric", (value, _) => Number(value)),
        _ => null,
    };

    private static PostgresOperand? OfDecimal(string actual, string name, int? scale)
    {
        if (!IsNumber(actual))
            return null;

        // NaN and infinity minus themselves are not zero. The text of a floating-point number is its shortest digits.
        var isReal = actual is "real" or "double precision";
        var readable = actual is "bigint" or "integer" or "smallint" ? AnyValue : $"{name} - {name} = 0";
        var exact = isReal ? $"CASE WHEN {readable} THEN {name}::text::numeric END" : name;
        var rounded = scale is { } digits && !HasScale(actual, digits) ? $"round({exact}, {digits})" : exact;
        return new(rounded, isReal && scale is null ? name : rounded, readable, "numeric", (value, _) => Number(value));
    }

    private static PostgresOperand? OfBoolean(string actual, string name)
    {
        if (actual is not ("boolean" or "bigint" or "integer" or "smallint"))
            return null;

        var sql = actual == "boolean" ? name : $"CASE {name} WHEN 1 THEN true WHEN 0 THEN false END";
        return new(sql, sql, $"{sql} IS NOT NULL", "boolean", (value, _) => (bool)value ? "true" : "false");
    }

    private static PostgresOperand? OfDate(string actual, string name)
    {
        var readable = $"{name} BETWEEN '0001-01-01' AND '9999-12-31'";
        if (actual == "date")
            return new(name, name, readable, "date", (value, _) => Day(value));
        if (!IsLocalTimestamp(actual))
            return null;

        readable = $"{name} >= '0001-01-01' AND {name} < '10000-01-01' AND {name} = date_trunc('day', {name})";
        var sql = $"CASE WHEN {readable} THEN {name}::date END";
        return new(sql, sql, readable, "date", (value, _) => Day(value));
    }

    private static PostgresOperand? OfTime(string actual, string name)
    {
        static string Format(long ticks) =>
            ticks == TimeSpan.TicksPerDay ? "24:00" : new TimeSpan(ticks).ToString(@"hh\:mm\:ss\.ffffff", CultureInfo.InvariantCulture);

        return actual is "time without time zone" || actual.StartsWith(
            "time(", StringComparison.Ordinal) && actual.EndsWith("without time zone", StringComparison.Ordinal)
            ? new(name, name, $"{name} < '24:00'", "time", (value, rounding) => Text(((TimeOnly)value).Ticks, rounding, Format))
            : null;
    }

    private static PostgresOperand OfTimestamp(string name, string type)
    {
        static string Format(long ticks) => ticks > DateTime.MaxValue.Ticks
            ? "10000-01-01 00:00:00"
            : new DateTime(ticks).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

        var sql = $"{name}::{type}";
        var readable = $"{sql} >= '0001-01-01 00:00:00' AND {sql} < '10000-01-01 00:00:00'";
        return new(sql, sql, readable, type, (value, rounding) => Text(((DateTime)value).Ticks, rounding, Format));
    }

    /// <summary>Times that are stored as numbers are compared as numbers.</summary>
    private static PostgresOperand? OfStored(DatasetColumn column, StoredForm form, string actual, string name)
    {
        if (!IsNumber(actual))
            return null;

        var number = actual is "real" or "double precision" ? $"{name}::text::numeric" : name;
        var sql = StoredTimes.IsInDays(form) ? $"{StoredTimes.MillisecondsSql(form, $"{name}::double precision")}::numeric" : number;
        var (first, last) = (StoredTimes.NumberOf(form, 0), StoredTimes.NumberOf(form, DateTime.MaxValue.Ticks));
        var day = StoredTimes.NumberOf(form, TimeSpan.TicksPerDay) - first;
        var wholeDay = column.Type == ColumnType.Date ? $" AND mod({sql} - ({Number(first)}), {Number(day)}) = 0" : "";
        var finite = $"{name} - {name} = 0";
        var compared = $"CASE WHEN {finite} THEN {sql} END";
        var readable = $"{compared} BETWEEN {Number(first)} AND {Number(last)}{wholeDay}";
        return new(compared, compared, readable, "numeric", (value, _) => Number(StoredTimes.NumberOf(form, TicksOf(value))));
    }

    private static bool IsNumber(string actual) =>
        actual is "bigint" or "integer" or "smallint" or "real" or "double precision" || actual.StartsWith(
            "numeric", StringComparison.Ordinal);

    private static bool IsLocalTimestamp(string actual) =>
        actual.StartsWith("timestamp", StringComparison.Ordinal) && actual.EndsWith("without time zone", StringComparison.Ordinal);

    /// <summary>True when no value of the type has more digits after the point.</summary>
    private static bool HasScale(string actual, int scale) =>
        actual is "bigint" or "integer" or "smallint"
        || (actual.StartsWith("numeric(", StringComparison.Ordinal)
            && int.TryParse(
                actual[(actual.IndexOf(',', StringComparison.Ordinal) + 1)..^1],
                NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite,
                CultureInfo.InvariantCulture,
                out var digits) && digits <= scale);

    private static string Number(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Day(object value) => ((DateOnly)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long TicksOf(object value) => value is DateOnly date ? date.DayNumber * TimeSpan.TicksPerDay : ((DateTime)value).Ticks;

    private static string? Text(long ticks, PostgresRounding rounding, Func<long, string> format)
    {
        var rest = ticks % TimeSpan.TicksPerMicrosecond;
        if (rest == 0)
            return format(ticks);

        return rounding switch
        {
            PostgresRounding.Down => format(ticks - rest),
            PostgresRounding.Up => format(ticks - rest + TimeSpan.TicksPerMicrosecond),
            _ => null,
        };
    }
}
