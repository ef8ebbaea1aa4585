using ExportFunctions.Datasets.Rows;
using Npgsql;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Copies the cells of a reader's rows into batches, by a way chosen once per column from declared and actual type.</summary>
internal sealed class PostgresCells
{
    private readonly NpgsqlDataReader _reader;
    private readonly RowQuery _query;
    private readonly Action<int, RowBatch>[] _copies;
    private byte[] _text = new byte[1024];

    /// <summary>Chooses the ways.</summary>
    /// <exception cref="Exports.ExportFailureException">A column is of a type that can't be read as the declared one.</exception>
    public PostgresCells(NpgsqlDataReader reader, RowQuery query)
    {
        _reader = reader;
        _query = query;
        _copies = new Action<int, RowBatch>[query.Columns.Count];
        for (var column = 0; column < _copies.Length; column++)
            _copies[column] = Choose(column) ?? throw SourceFailures.TypeUnreadable(query.Dataset, query.Columns[column], reader.GetDataTypeName(column));
    }

    /// <summary>Adds the reader's current row to a batch.</summary>
    /// <param name="batch">A batch with room.</param>
    /// <exception cref="Exports.ExportFailureException">A value can't be held: NaN, an infinite date, a number of over 28 digits.</exception>
    public void CopyRow(RowBatch batch)
    {
        batch.AddRow();
        var column = 0;
        try
        {
            for (; column < _copies.Length; column++)
            {
                if (!_reader.IsDBNull(column))
                    _copies[column](column, batch);
            }
        }
        catch (Exception fault) when (fault is OverflowException or InvalidCastException or ArgumentOutOfRangeException)
        {
            throw SourceFailures.ValueUnreadable(_query.Dataset, _query.Columns[column], fault);
        }
    }

    private Action<int, RowBatch>? Choose(int column)
    {
        var actual = _reader.GetFieldType(column);
        return _query.Columns[column].Type switch
        {
            ColumnType.Integer when actual == typeof(long) => CopyLong,
            ColumnType.Integer when actual == typeof(int) => CopyInt,
            ColumnType.Integer when actual == typeof(short) => CopyShort,
            ColumnType.Integer when actual == typeof(decimal) => CopyWholeDecimal,
            ColumnType.Decimal when actual == typeof(decimal) => CopyDecimal,
            ColumnType.Decimal when actual == typeof(double) => CopyDouble,
            ColumnType.Decimal when actual == typeof(float) => CopyFloat,
            ColumnType.Decimal when actual == typeof(long) => CopyLongAsDecimal,
            ColumnType.Decimal when actual == typeof(int) => CopyIntAsDecimal,
            ColumnType.Decimal when actual == typeof(short) => CopyShortAsDecimal,
            ColumnType.Boolean when actual == typeof(bool) => CopyBoolean,
            ColumnType.Date when _reader.GetPostgresType(column).Name is "date" => CopyDate,
            ColumnType.Timestamp when actual == typeof(DateTime) => CopyTimestamp,
            ColumnType.Text or ColumnType.Identifier => CopyText,
            _ => null,
        };
    }

    private void CopyLong(int column, RowBatch batch) => batch.SetInteger(column, _reader.GetInt64(column));

    private void CopyInt(int column, RowBatch batch) => batch.SetInteger(column, _reader.GetInt32(column));

    private void CopyShort(int column, RowBatch batch) => batch.SetInteger(column, _reader.GetInt16(column));

    private void CopyWholeDecimal(int column, RowBatch batch)
    {
        var number = _reader.GetDecimal(column);
        if (number != decimal.Truncate(number))
            throw new InvalidCastException();

        batch.SetInteger(column, decimal.ToInt64(number));
    }

    private void CopyDecimal(int column, RowBatch batch) => batch.SetDecimal(column, _reader.GetDecimal(column));

    private void CopyDouble(int column, RowBatch batch) => batch.SetDecimal(column, (decimal)_reader.GetDouble(column));

    private void CopyFloat(int column, RowBatch batch) => batch.SetDecimal(column, (decimal)_reader.GetFloat(column));

    private void CopyLongAsDecimal(int column, RowBatch batch) => batch.SetDecimal(column, _reader.GetInt64(column));

    private void CopyIntAsDecimal(int column, RowBatch batch) => batch.SetDecimal(column, _reader.GetInt32(column));

    private void CopyShortAsDecimal(int column, RowBatch batch) => batch.SetDecimal(column, _reader.GetInt16(column));

    private void CopyBoolean(int column, RowBatch batch) => batch.SetBoolean(column, _reader.GetBoolean(column));

    // Npgsql reads 'infinity' and '-infinity' as the greatest and the least value there is.
    private void CopyDate(int column, RowBatch batch)
    {
        var date = _reader.GetFieldValue<DateOnly>(column);
        if (date == DateOnly.MaxValue || date == DateOnly.MinValue)
            throw new InvalidCastException();

        batch.SetDate(column, date);
    }

    private void CopyTimestamp(int column, RowBatch batch)
    {
        var time = _reader.GetDateTime(column);
        if (time == DateTime.MaxValue || time == DateTime.MinValue)
            throw new InvalidCastException();

        batch.SetTimestamp(column, time);
    }

    // The bytes on the wire are UTF-8 already, and the server has seen to it that they are valid.
    private void CopyText(int column, RowBatch batch)
    {
        var read = (int)_reader.GetBytes(column, 0, _text, 0, _text.Length);
        if (read == _text.Length)
            read = ReadLongText(column);

        batch.SetText(column, _text.AsSpan(0, read));
    }

    private int ReadLongText(int column)
    {
        var length = (int)_reader.GetBytes(column, 0, null, 0, 0);
        if (length > _text.Length)
            _text = new byte[Math.Max(length, _text.Length * 2)];

        return (int)_reader.GetBytes(column, 0, _text, 0, length);
    }
}
