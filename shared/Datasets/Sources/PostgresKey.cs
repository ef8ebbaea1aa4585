using System.Globalization;
using ExportFunctions.Datasets.Cutting;
using Npgsql;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Keys of PostgreSQL's records.</summary>
internal static class PostgresKey
{
    /// <summary>The key in a reader's present row; null when it has a value that can't be held, which a whole number of over 28 digits is.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="first">The position of the key's first column.</param>
    /// <param name="count">The number of its columns, each a whole number or text.</param>
    public static KeyBoundary? Of(NpgsqlDataReader reader, int first, int count)
    {
        try
        {
            return new KeyBoundary([.. Enumerable.Range(first, count).Select(column => new KeyValue(KeyValueKind.OfColumn, Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!))]);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
