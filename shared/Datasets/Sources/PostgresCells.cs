using System.Text;
using ExportFunctions.Datasets.Rows;
using ExportFunctions.Datasets.Values;
using ExportFunctions.Problems;
using Npgsql;

namespace ExportFunctions.Datasets.Sources;

/// <summary>
/// Copies the cells of a reader's rows into batches, by a method chosen once per column from declared and actual type. Numbers that may not
/// fit a decimal are transferred as text, dates and times as the protocol's raw numbers: the driver's own types can't represent infinity or
/// years before the first.
/// </summary>
internal sealed partial class PostgresCells
{
    private readonly NpgsqlDataReader _reader;
    private readonly RowQuery _query;
    private readonly RowFlaws _flaws;
    private readonly Action<int, RowBatch>[] _copies;
    private byte[] _text = new byte[1024];

    /// <summary>Chooses the copy methods.</summary>
    /// <exception cref="ExportFailureException">A column's type can't be read as the declared one.</exception>
    public PostgresCells(NpgsqlDataReader reader, RowQuery query)
    {
        _reader = reader;
        _query = query;
        _flaws = new RowFlaws(query);
        _copies = new Action<int, RowBatch>[query.Columns.Count];
        for (var column = 0; column < _copies.Length; column++)
            _copies[column] =
                Choose(column) ?? throw SourceFailures.TypeUnreadable(query.Dataset, query.Columns[column], reader.GetDataTypeName(column));
    }

    /// <summary>Makes the server send numbers that are read as decimals, or that stand for times, as text.</summary>
    /// <param name="command">The command that reads the query.</param>
    /// <param name="query">The query.</param>
    public static void AskForText(NpgsqlCommand command, RowQuery query)
    {
        var all = new bool[query.Columns.Count + RowQueryKeys.Behind(query).Count];
        for (var column = 0; column < query.Columns.Count; column++)
            all[column] = IsNumberText(query.Columns[column]);

        command.UnknownResultTypeList = all;
    }

    /// <summary>Adds the reader's current row to a batch.</summary>
    /// <param name="batch">A batch with room.</param>
    /// <exception cref="ExportFailureException">It has a value that can't be read, in a column without a rule for such values.</exception>
    public void CopyRow(RowBatch batch)
    {
        batch.AddRow();
        for (var column = 0; column < _copies.Length; column++)
        {
            if (!_reader.IsDBNull(column))
                _copies[column](column, batch);
        }

        if (_flaws.HasAny)
            _flaws.EndRow(batch, ReadKey);
    }

    private static bool IsNumberText(DatasetColumn column) => column.Type == ColumnType.Decimal || column.Stored is not null;

    private string ReadKey(int column) => _reader.IsDBNull(column) ? "(empty)" : Convert.ToString(
        _reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture)!;

    private Action<int, RowBatch>? Choose(int column)
    {
        var declared = _query.Columns[column];
        var actual = _reader.GetPostgresType(column).Name;
        if (declared.IsText)
            return CopyText;

        if (actual is "text" or "character varying" or "character" or "name")
            return CopyTyped;

        if (declared.Stored is not null)
            return IsNumber(actual) ? CopyStored : null;

        return declared.Type switch
        {
            ColumnType.Integer => actual switch
            {
                "bigint" => CopyLong,
                "integer" => CopyInt,
                "smallint" => CopyShort,
                "numeric" => CopyWholeNumeric,
                "real" or "double precision" => CopyWholeReal,
                _ => null,
            },
            ColumnType.Decimal => IsNumber(actual) ? CopyDecimal : null,
            ColumnType.Boolean => actual switch
            {
                "boolean" => CopyBoolean,
                "bigint" or "integer" or "smallint" => CopyIntegerAsBoolean,
                _ => null,
            },
            ColumnType.Date => actual switch
            {
                "date" => CopyDate,
                "timestamp without time zone" => CopyTimestampAsDate,
                _ => null,
            },
            ColumnType.Time => actual == "time without time zone" ? CopyTime : null,
            ColumnType.Timestamp or ColumnType.LocalTimestamp => actual switch
            {
                "timestamp without time zone" => CopyTimestamp,
                "timestamp with time zone" when declared.Type == ColumnType.Timestamp => CopyTimestamp,
                "date" => CopyDateAsTimestamp,
                _ => null,
            },
            _ => null,
        };
    }

    private static bool IsNumber(string actual) =>
        actual is "bigint" or "integer" or "smallint" or "numeric" or "real" or "double precision";

    private void CopyLong(int column, RowBatch batch) => batch.SetInteger(column, _reader.GetInt64(column));

    private void CopyInt(int column, RowBatch batch) => batch.SetInteger(column, _reader.GetInt32(column));

    private void CopyShort(int column, RowBatch batch) => batch.SetInteger(column, _reader.GetInt16(column));

    private void CopyBoolean(int column, RowBatch batch) => batch.SetBoolean(column, _reader.GetBoolean(column));

    // The bytes on the wire are UTF-8 already, validated by the server.
    private void CopyText(int column, RowBatch batch) => batch.SetText(column, ReadText(column));

    private void CopyDecimal(int column, RowBatch batch) => CopyDecimal(column, batch, ReadText(column));

    private void CopyDecimal(int column, RowBatch batch, ReadOnlySpan<byte> text)
    {
        var declared = _query.Columns[column];
        switch (DecimalReading.Read(text, declared.Scale, minScale: 0, out var number))
        {
            case NumberReading.None:
                _flaws.Unreadable(batch, column, KindOf(text, declared), text);
                break;
            case NumberReading.TooLong:
                _flaws.TooLong(batch, column, Encoding.ASCII.GetBytes(DecimalReading.ToText(text, declared.Scale)!));
                break;
            case NumberReading.Rounded:
                _flaws.Add(column, RowFlawKind.Rounded);
                batch.SetDecimal(column, number);
                break;
            default:
                batch.SetDecimal(column, number);
                break;
        }
    }

    // NaN and the infinities are the server's only numbers without digits.
    private static string KindOf(ReadOnlySpan<byte> text, DatasetColumn declared) =>
        text.SequenceEqual("NaN"u8) ? UnreadableKinds.OfReal(double.NaN, declared)
        : text.EndsWith("Infinity"u8) ? UnreadableKinds.OfReal(double.PositiveInfinity, declared)
        : UnreadableKinds.OfText(text, declared);

    private ReadOnlySpan<byte> ReadText(int column)
    {
        var read = (int)_reader.GetBytes(column, 0, _text, 0, _text.Length);
        if (read == _text.Length)
            read = ReadLongText(column);

        return _text.AsSpan(0, read);
    }

    private int ReadLongText(int column)
    {
        var length = (int)_reader.GetBytes(column, 0, null, 0, 0);
        if (length > _text.Length)
            _text = new byte[Math.Max(length, _text.Length * 2)];

        return (int)_reader.GetBytes(column, 0, _text, 0, length);
    }
}
