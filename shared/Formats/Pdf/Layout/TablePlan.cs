namespace ExportFunctions.Formats.Pdf.Layout;

/// <summary>The paper, the font size and the columns' widths, chosen so that every column is shown.</summary>
/// <param name="Paper">The sheet.</param>
/// <param name="FontSize">The size of the table's text, in points.</param>
/// <param name="Groups">
/// The columns that share a page. One group unless the columns don't fit the sheet; the first column then leads every group.
/// </param>
internal sealed record TablePlan(Paper Paper, float FontSize, IReadOnlyList<IReadOnlyList<PlacedColumn>> Groups)
{
    /// <summary>The room left and right of a cell's text, in ems.</summary>
    public const float PaddingEms = 0.5f;

    private const float MaxGrowth = 2.5f;

    // The widest a column of a table over several pages across may be, in ems.
    private const float MaxInGroups = 26;

    private static readonly float[] Comfortable = [9, 8.5f, 8];
    private static readonly float[] Small = [7.5f, 7];

    /// <summary>The smallest size text shrinks to, in points.</summary>
    public static float MinFontSize => Small[^1];

    /// <summary>Chooses the first layout in which all columns get the width they want, otherwise the one that loses least.</summary>
    /// <param name="choices">The ways the sheet may lie, the preferred one first.</param>
    /// <param name="needs">The columns' needs.</param>
    public static TablePlan Fit(IReadOnlyList<Paper> choices, IReadOnlyList<ColumnNeed> needs)
    {
        var wanted = needs.Sum(need => need.Wanted + (2 * PaddingEms));
        foreach (var paper in choices)
        {
            var sizes = paper == choices[^1] ? Comfortable.Concat(Small) : Comfortable;
            foreach (var size in sizes)
            {
                if (wanted * size <= paper.FrameWidth)
                    return new TablePlan(paper, size, [Place(paper, size, needs, [.. Enumerable.Range(0, needs.Count)], Wanted(needs))]);
            }
        }

        var widest = choices[^1];
        var min = needs.Sum(need => need.Min + (2 * PaddingEms));
        if (min * MinFontSize <= widest.FrameWidth)
            return new TablePlan(
                widest,
                MinFontSize,
                [Place(widest, MinFontSize, needs, [.. Enumerable.Range(0, needs.Count)], Pressed(needs, widest, wanted, min))]);

        return new TablePlan(widest, MinFontSize, Split(widest, needs));
    }

    /// <summary>The same from right to left: the first column stands at the right.</summary>
    public TablePlan Mirrored() =>
        this with
        {
            Groups = [.. Groups.Select(group => (
            IReadOnlyList<PlacedColumn>)[.. group.Select(column => column with { Left = Paper.Width - column.Left - column.Width })])]
        };

    private static float[] Wanted(IReadOnlyList<ColumnNeed> needs) => [.. needs.Select(need => need.Wanted)];

    // Every column gives up the same share of its spare width.
    private static float[] Pressed(IReadOnlyList<ColumnNeed> needs, Paper paper, float wanted, float min)
    {
        var room = paper.FrameWidth / MinFontSize;
        var share = (room - min) / (wanted - min);
        return [.. needs.Select(need => need.Min + ((need.Wanted - need.Min) * share))];
    }

    private static List<IReadOnlyList<PlacedColumn>> Split(Paper paper, IReadOnlyList<ColumnNeed> needs)
    {
        var room = paper.FrameWidth / MinFontSize;
        float[] widths =
            [.. needs.Select(need => Math.Min(Math.Min(need.Wanted, Math.Max(need.Min, MaxInGroups)), room - (2 * PaddingEms)))];
        var repeatsFirst = widths[0] + (2 * PaddingEms) <= room * 0.3f;
        var groups = new List<IReadOnlyList<PlacedColumn>>();
        var group = new List<int>();
        var used = 0f;
        for (var column = 0; column < needs.Count; column++)
        {
            var width = widths[column] + (2 * PaddingEms);
            if (used + width > room && group.Count > (repeatsFirst && groups.Count > 0 ? 1 : 0))
            {
                groups.Add(Place(paper, MinFontSize, needs, group, widths));
                group = repeatsFirst ? [0] : [];
                used = repeatsFirst ? widths[0] + (2 * PaddingEms) : 0;
                width = Math.Min(width, room - used);
            }

            group.Add(column);
            used += width;
        }

        groups.Add(Place(paper, MinFontSize, needs, group, widths));
        return groups;
    }

    private static PlacedColumn[] Place(Paper paper, float size, IReadOnlyList<ColumnNeed> needs, List<int> columns, float[] widths)
    {
        var padding = PaddingEms * size;
        var total = columns.Sum(column => (widths[column] * size) + (2 * padding));
        var spare = Math.Max(0, paper.FrameWidth - total);
        var growing =
            columns.Any(column => needs[column].CanGrow) ? columns.Where(column => needs[column].CanGrow).ToHashSet() : [.. columns];
        var weight = growing.Sum(column => widths[column] + (2 * PaddingEms));
        var growth = weight <= 0 ? 0 : Math.Min(spare / weight, (MaxGrowth - 1) * size);

        var placed = new PlacedColumn[columns.Count];
        var left = Paper.Margin;

        // A column that alone is wider than what a repeated first column leaves is narrowed to the frame.
        var shrink = Math.Min(1, paper.FrameWidth / Math.Max(total, 1));
        for (var i = 0; i < columns.Count; i++)
        {
            var ems = widths[columns[i]] + (2 * PaddingEms);
            var width = ((ems * size) + (growing.Contains(columns[i]) ? ems * growth : 0)) * shrink;
            placed[i] = new PlacedColumn(columns[i], left, width, padding, needs[columns[i]].Gap * size * shrink);
            left += width;
        }

        return placed;
    }
}

/// <summary>A column on the page, in points.</summary>
/// <param name="Index">The column's position in the layout.</param>
/// <param name="Left">Its left edge.</param>
/// <param name="Width">Its width, padding included.</param>
/// <param name="Padding">The room left and right of its text.</param>
/// <param name="Gap">Further room right of its text.</param>
internal readonly record struct PlacedColumn(int Index, float Left, float Width, float Padding, float Gap)
{
    /// <summary>Where the text starts.</summary>
    public float TextLeft => Left + Padding;

    /// <summary>The width text may take.</summary>
    public float TextWidth => Width - (2 * Padding) - Gap;
}
