namespace ExportFunctions.Bench.Reports;

/// <summary>A table of a report. The first column is text, the others are numbers, written as people read them.</summary>
internal sealed record ReportTable(string Title, IReadOnlyList<string> Columns)
{
    public List<IReadOnlyList<string>> Rows { get; } = [];

    public void Add(params string[] cells) => Rows.Add(cells);
}
