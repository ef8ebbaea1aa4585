using System.Globalization;
using System.Text;
using ExportFunctions.Datasets.Rows;

namespace ExportFunctions.Datasets.Sources;

/// <summary>Identifies a record for people: the values of its key, separated by commas.</summary>
internal sealed class RecordKey
{
    private const int MaxLength = 64;

    private readonly int[] _positions;
    private readonly ColumnType[] _types;

    /// <summary>Locates the key's columns.</summary>
    /// <param name="query">The query.</param>
    public RecordKey(RowQuery query)
    {
        List<DatasetColumn> read = [.. query.Columns, .. RowQueryKeys.Behind(query)];
        _types = [.. query.Columns.Select(column => column.Type)];
        _positions = [.. query.Dataset.Key.Select(column => read.IndexOf(column))];
    }

    /// <summary>The key of the last row of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="read">Reads a column that follows the batch's columns, by its index in the result.</param>
    public string Of(RowBatch batch, Func<int, string> read)
    {
        var text = string.Join(", ", _positions.Select(position => position < _types.Length ? TextOf(batch, position) : read(position)));
        return text.Length <= MaxLength ? text : string.Concat(
            text.AsSpan(0, char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1), "…");
    }

    private string TextOf(RowBatch batch, int column)
    {
        var row = batch.Count - 1;
        if (batch.IsNull(row, column))
            return "(empty)";
        if (batch.IsUnfit(row, column))
            return Encoding.UTF8.GetString(batch.GetText(row, column));

        return _types[column] switch
        {
            ColumnType.Integer => batch.GetInteger(row, column).ToString(CultureInfo.InvariantCulture),
            ColumnType.Decimal => batch.GetDecimal(row, column).ToString(CultureInfo.InvariantCulture),
            ColumnType.Boolean => batch.GetBoolean(row, column) ? "true" : "false",
            ColumnType.Date => batch.GetDate(row, column).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ColumnType.Timestamp =>
                batch.GetTimestamp(row, column).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
            ColumnType.LocalTimestamp =>
                batch.GetLocalTimestamp(row, column).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
            ColumnType.Time => batch.GetTime(row, column).ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
            _ => Encoding.UTF8.GetString(batch.GetText(row, column)),
        };
    }
}
