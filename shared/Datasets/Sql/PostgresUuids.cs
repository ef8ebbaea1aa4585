using ExportFunctions.Datasets.Filters;

namespace ExportFunctions.Datasets.Sql;

/// <summary>
/// Conditions on columns that are declared as text or identifier but are uuid in the database. Values are accepted in any spelling that
/// PostgreSQL reads (https://www.postgresql.org/docs/current/datatype-uuid.html) and compared as uuid, so that the column's index can be
/// used; a value that is no uuid equals nothing.
/// </summary>
internal static class PostgresUuids
{
    private const int Digits = 32;
    private const int GroupDigits = 4;

    /// <summary>
    /// The condition of a comparison; null where the column's text is compared, which is lower-case and sorts as uuids do.
    /// </summary>
    /// <param name="sql">Collects the values.</param>
    /// <param name="name">The column, qualified and quoted.</param>
    /// <param name="comparison">The comparison.</param>
    public static string? Condition(SqlText sql, string name, Comparison comparison)
    {
        object[] uuids = [.. comparison.Values.Select(value => TryRead((string)value)).OfType<Guid>().Cast<object>()];
        string Value(int index) => sql.Parameter(ColumnType.Text, uuids[index]);

        return comparison.Operator switch
        {
            FilterOperator.Eq => uuids.Length == 0 ? "FALSE" : $"{name} = {Value(0)}",
            FilterOperator.Ne => uuids.Length == 0 ? "TRUE" : $"{name} IS DISTINCT FROM {Value(0)}",
            FilterOperator.In when uuids.Length == 0 => "FALSE",
            FilterOperator.In => $"{name} = ANY({sql.Parameter(ColumnType.Text, uuids, SqlParameterShape.List)})",

            // Compared with values that are no uuids, it is treated as text.
            _ when uuids.Length < comparison.Values.Count => null,
            FilterOperator.Lt => $"{name} < {Value(0)}",
            FilterOperator.Le => $"{name} <= {Value(0)}",
            FilterOperator.Gt => $"{name} > {Value(0)}",
            FilterOperator.Ge => $"{name} >= {Value(0)}",
            FilterOperator.Between => $"{name} BETWEEN {Value(0)} AND {Value(1)}",
            _ => null,
        };
    }

    /// <summary>
    /// Reads a uuid: 32 hexadecimal digits in any letter case, with a hyphen after any group of four, optionally in braces; null when it is
    /// none.
    /// </summary>
    /// <param name="text">The text.</param>
    public static Guid? TryRead(string text)
    {
        var inner = text is ['{', .. var braced, '}'] ? braced : text;
        Span<char> digits = stackalloc char[Digits];
        var count = 0;
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '-' && count is > 0 and < Digits && count % GroupDigits == 0 && inner[i - 1] != '-')
                continue;
            if (count == Digits || !char.IsAsciiHexDigit(inner[i]))
                return null;

            digits[count++] = inner[i];
        }

        return count == Digits && Guid.TryParseExact(digits, "N", out var uuid) ? uuid : null;
    }
}
