using System.Globalization;
using ExportFunctions.Datasets;
using ExportFunctions.Datasets.Rows;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExportFunctions.Local.Seeding;

/// <summary>
/// Inserts rows through one prepared statement, bypassing ADO.NET's parameters: no boxing, and text is passed as the UTF-8 it is.
/// </summary>
internal sealed class SqliteRowInserter : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly ColumnType[] _types;

    public SqliteRowInserter(sqlite3 database, SchoolTable table)
    {
        _database = database;
        _types = [.. table.Columns.Select(column => column.Type)];
        var sql = $"INSERT INTO {table.Name} VALUES ({string.Join(',', Enumerable.Repeat('?', _types.Length))})";
        Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    /// <summary>Inserts every row of the batch.</summary>
    /// <exception cref="SqliteException">SQLite refused, for example because the disk is full.</exception>
    public void Insert(RowBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            for (var column = 0; column < _types.Length; column++)
                Check(Bind(batch, row, column));

            if (raw.sqlite3_step(_statement) is not raw.SQLITE_DONE and var code)
                Check(code);
            raw.sqlite3_reset(_statement);
        }
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(RowBatch batch, int row, int column)
    {
        var parameter = column + 1;
        if (batch.IsNull(row, column))
            return raw.sqlite3_bind_null(_statement, parameter);

        switch (_types[column])
        {
            case ColumnType.Integer:
                return raw.sqlite3_bind_int64(_statement, parameter, batch.GetInteger(row, column));
            case ColumnType.Decimal:
                return raw.sqlite3_bind_double(_statement, parameter, (double)batch.GetDecimal(row, column));
            case ColumnType.Boolean:
                return raw.sqlite3_bind_int(_statement, parameter, batch.GetBoolean(row, column) ? 1 : 0);
            case ColumnType.Date:
                return BindDate(parameter, batch.GetDate(row, column));
            case ColumnType.Timestamp:
                return BindTimestamp(parameter, batch.GetTimestamp(row, column));
            default:
                // An empty span binds NULL; an empty string remains one.
                var text = batch.GetText(row, column);
                return text.IsEmpty ? raw.sqlite3_bind_text(_statement, parameter, "") : raw.sqlite3_bind_text(_statement, parameter, text);
        }
    }

    private int BindDate(int parameter, DateOnly date)
    {
        Span<byte> text = stackalloc byte[10];
        date.TryFormat(text, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return raw.sqlite3_bind_text(_statement, parameter, text[..length]);
    }

    private int BindTimestamp(int parameter, DateTime utc)
    {
        Span<byte> text = stackalloc byte[20];
        utc.TryFormat(text, out var length, "yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return raw.sqlite3_bind_text(_statement, parameter, text[..length]);
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
