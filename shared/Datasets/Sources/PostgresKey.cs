using System.Globalization;
using ExportFunctions.Datasets.Partitioning;
using Npgsql;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Keys of PostgreSQL's records.</summary>
internal static class PostgresKey
{
    /// <summary>
    /// The key in a reader's current row; null when it has a value that can't be represented: null, not a number, or more digits than a
    /// decimal has.
    /// </summary>
    /// <param name="reader">The reader.</param>
    /// <param name="first">The index of the key's first column.</param>
    /// <param name="count">The number of its columns, each a number or text.</param>
    public static KeyBoundary? Of(NpgsqlDataReader reader, int first, int count)
    {
        try
        {
            var values = new KeyValue[count];
            for (var column = 0; column < count; column++)
            {
                if (reader.IsDBNull(first + column))
                    return null;

                values[column] =
                    new KeyValue(KeyValueKind.OfColumn, Convert.ToString(reader.GetValue(first + column), CultureInfo.InvariantCulture)!);
            }

            return new KeyBoundary(values);
        }
        catch (Exception fault) when (fault is OverflowException or InvalidCastException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
