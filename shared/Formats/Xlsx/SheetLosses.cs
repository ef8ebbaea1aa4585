using ExportFunctions.Datasets;
using ExportFunctions.Problems;

namespace ExportFunctions.Formats.Xlsx;

/// <summary>Counts, by column, the cells that differ from the source.</summary>
/// <param name="columns">The columns, in output order.</param>
internal sealed class SheetLosses(IReadOnlyList<DatasetColumn> columns)
{
    // Warnings are stored with the job: a table of a thousand columns must not produce a thousand of them.
    private const int MaxNamedColumns = 5;

    private static readonly (string Code, string Message)[] Kinds =
    [
        ("cell_truncated", "Text longer than the 32,767 characters of an Excel cell was cut."),
        ("characters_replaced", "Characters that a workbook cannot hold were replaced."),
        ("number_as_text", "Numbers of more than the 15 digits that Excel keeps are text cells."),
        ("date_as_text", "Dates before 1 March 1900, which Excel does not have, are text cells."),
        ("time_cut", "Fractions of seconds that the column's number format does not show were cut off."),
        ("date_capped", "Times after the year 9999 in the export's time zone are shown as its last moment, where Excel's dates end."),
        ("hyperlinks_left_out", "Addresses past the 65,530 hyperlinks of an Excel sheet are texts without one."),
    ];

    private readonly long[] _counts = new long[columns.Count * Kinds.Length];

    /// <summary>Counts a cell.</summary>
    /// <param name="loss">What it lost.</param>
    /// <param name="column">Its column's position.</param>
    public void Count(Loss loss, int column) => _counts[(column * Kinds.Length) + (int)loss]++;

    /// <summary>The warnings so far: for each kind, one for each of the first affected columns, and one for all others.</summary>
    public IReadOnlyCollection<ExportWarning> ToWarnings()
    {
        var warnings = new List<ExportWarning>();
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            var (code, message) = Kinds[kind];
            var named = 0;
            long others = 0;
            for (var column = 0; column < columns.Count; column++)
            {
                var count = _counts[(column * Kinds.Length) + kind];
                if (count > 0 && named++ < MaxNamedColumns)
                    warnings.Add(new ExportWarning(code, count, message) { Column = columns[column].Name });
                else
                    others += count;
            }

            if (others > 0)
                warnings.Add(new ExportWarning(code, others, message));
        }

        return warnings;
    }
}
