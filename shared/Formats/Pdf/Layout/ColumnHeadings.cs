namespace ExportFunctions.Formats.Pdf.Layout;

/// <summary>Sets headings in one line or two.</summary>
internal static class ColumnHeadings
{
    /// <summary>The lines of each column's heading; the second is empty where one is enough on every page the column stands on.</summary>
    public static (string First, string Second)[] Of(FileLayout layout, TablePlan plan, ITextRuler ruler)
    {
        var headings = new (string, string)[layout.Columns.Count];
        foreach (var places in plan.Groups.SelectMany(group => group).GroupBy(column => column.Index))
        {
            var title = layout.HeadingOf(layout.Columns[places.Key]);
            var isOneLine = ruler.Measure(title, TextWeight.Bold) * plan.FontSize <= places.Min(column => column.TextWidth);
            var halves = isOneLine ? (title, "", 0) : LineBreaking.Halve(ruler, title, TextWeight.Bold);
            headings[places.Key] = (halves.First, halves.Second);
        }

        return headings;
    }
}
