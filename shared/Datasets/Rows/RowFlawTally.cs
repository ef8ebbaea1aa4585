using System.Globalization;
using ExportFunctions.Problems;

namespace ExportFunctions.Datasets.Rows;

/// <summary>Sums up the flaws of written batches, and turns them into warnings. Not thread-safe.</summary>
/// <param name="columns">The columns that were read.</param>
internal sealed class RowFlawTally(IReadOnlyList<DatasetColumn> columns)
{
    private readonly Dictionary<(int Column, RowFlawKind Kind), RowFlaw> _flaws = [];

    /// <summary>Adds a batch's flaws.</summary>
    /// <param name="batch">The batch; its rows have been written.</param>
    public void Add(RowBatch batch)
    {
        foreach (var flaw in batch.Flaws)
        {
            if (!_flaws.TryGetValue((flaw.Column, flaw.Kind), out var sum))
                _flaws[(flaw.Column, flaw.Kind)] = sum = new RowFlaw(flaw.Column, flaw.Kind);

            sum.Count += flaw.Count;
            foreach (var key in flaw.FirstKeys.Take(RowFlaw.MaxKeys - sum.FirstKeys.Count))
                sum.FirstKeys.Add(key);
        }
    }

    /// <summary>The warnings, in the order of the columns.</summary>
    public IReadOnlyList<ExportWarning> ToWarnings() =>
    [
        .. _flaws.Values.OrderBy(flaw => (flaw.Column, flaw.Kind)).Select(flaw => new ExportWarning(
            CodeOf(flaw.Kind), flaw.Count, MessageOf(flaw.Kind, columns[flaw.Column]))
        {
            Column = columns[flaw.Column].Name,
            FirstKeys = [.. flaw.FirstKeys],
        }),
    ];

    private static string CodeOf(RowFlawKind kind) => kind switch
    {
        RowFlawKind.Rounded => "rounded",
        RowFlawKind.FractionTruncated => "fraction_cut",
        RowFlawKind.NumberAsText => "number_as_text",
        RowFlawKind.UnreadableAsNull => "unreadable_as_null",
        RowFlawKind.UnreadableAsText => "unreadable_as_text",
        RowFlawKind.TextReplaced => "characters_replaced",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string MessageOf(RowFlawKind kind, DatasetColumn column) => kind switch
    {
        RowFlawKind.Rounded => string.Create(
            CultureInfo.InvariantCulture, $"Numbers in '{column.Name}' were rounded to the column's scale of {column.Scale}, and digits were lost. Without a scale each number keeps its own."),
        RowFlawKind.FractionTruncated => $"Times in '{column.Name}' have digits beyond a ten-millionth of a second, which were cut off.",
        RowFlawKind.NumberAsText => $"Numbers in '{column.Name}' have more digits than a decimal holds; they are written exactly, as text.",
        RowFlawKind.UnreadableAsNull =>
            $"Values in '{column.Name}' can't be read as {ColumnTypeNames.NameOf(column.Type)}; their cells are empty.",
        RowFlawKind.UnreadableAsText =>
            $"Values in '{column.Name}' can't be read as {ColumnTypeNames.NameOf(column.Type)}; they are written as text.",
        RowFlawKind.TextReplaced => $"Texts in '{column.Name}' are not valid UTF-8; what could not be read was replaced by U+FFFD.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
