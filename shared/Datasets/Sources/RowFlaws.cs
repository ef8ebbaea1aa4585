using ExportFunctions.Datasets.Rows;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Sources;

/// <summary>
/// Records values that could not be read unchanged. A record's key is only fetched when it has a flaw, after its row has been read.
/// </summary>
/// <param name="query">The query.</param>
internal sealed class RowFlaws(RowQuery query)
{
    private readonly RecordKey _key = new(query);
    private readonly List<(int Column, RowFlawKind Kind)> _row = [];
    private (int Column, string What)? _failure;

    /// <summary>True when the current row has a flaw.</summary>
    public bool HasAny => _row.Count > 0 || _failure is not null;

    /// <summary>Records a flaw of the current row.</summary>
    /// <param name="column">The column's position.</param>
    /// <param name="kind">What happened.</param>
    public void Add(int column, RowFlawKind kind) => _row.Add((column, kind));

    /// <summary>Handles an unreadable value of the current row: fills its cell as its column specifies, and records the flaw.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="column">The column's position.</param>
    /// <param name="what">The kind of value, in words that follow "holds".</param>
    /// <param name="text">The value as valid UTF-8.</param>
    public void Unreadable(RowBatch batch, int column, string what, ReadOnlySpan<byte> text)
    {
        var declared = query.Columns[column];
        switch (declared.OnUnreadable)
        {
            case UnreadableValue.Fail:
                _failure ??= (column, what);
                break;
            case UnreadableValue.Null:
                Add(column, RowFlawKind.UnreadableAsNull);
                break;
            case UnreadableValue.Text:
                SetText(batch, column, text);
                Add(column, RowFlawKind.UnreadableAsText);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(column));
        }
    }

    /// <summary>Handles a number with too many digits in the current row: it is kept exact, as a text.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="column">The column's position.</param>
    /// <param name="text">Its digits.</param>
    public void TooLong(RowBatch batch, int column, ReadOnlySpan<byte> text)
    {
        SetText(batch, column, text);
        Add(column, RowFlawKind.NumberAsText);
    }

    /// <summary>Ends a row that has a flaw.</summary>
    /// <param name="batch">The batch, the row being its last.</param>
    /// <param name="read">Reads a column that follows the batch's columns, by its index in the result.</param>
    /// <exception cref="ExportFailureException">It has a value that fails the export.</exception>
    public void EndRow(RowBatch batch, Func<int, string> read)
    {
        var key = _key.Of(batch, read);
        if (_failure is var (failed, what))
            throw SourceFailures.ValueUnreadable(query.Dataset, query.Columns[failed], key, what);

        foreach (var (column, kind) in _row)
        {
            var flaw = batch.Flaws.FirstOrDefault(known => known.Column == column && known.Kind == kind);
            if (flaw is null)
                batch.Flaws.Add(flaw = new RowFlaw(column, kind));

            flaw.Count++;
            if (flaw.FirstKeys.Count < RowFlaw.MaxKeys)
                flaw.FirstKeys.Add(key);
        }

        _row.Clear();
    }

    private void SetText(RowBatch batch, int column, ReadOnlySpan<byte> text)
    {
        if (query.Columns[column].IsText)
            batch.SetText(column, text);
        else
            batch.SetUnfit(column, text);
    }
}
