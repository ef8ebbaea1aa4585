using ExportFunctions.Formats;
using ExportFunctions.Formats.Pdf.Layout;

namespace ExportFunctions.Tests.Formats.Pdf.Layout;

public sealed class TablePlanTests
{
    private static readonly Paper[] Automatic = Paper.Choices(PageSize.A4, PageOrientation.Auto);

    [Theory]
    [InlineData(3, false, 9f, 1)]
    [InlineData(7, true, 9f, 1)]
    [InlineData(10, true, 7f, 1)]
    [InlineData(15, true, 7f, 1)]
    [InlineData(40, true, 7f, 5)]
    public void Fit_TurnsShrinksPressesThenSplits_AsColumnsGrow(int columns, bool isLandscape, float size, int groups)
    {
        var plan = TablePlan.Fit(Automatic, [.. Enumerable.Repeat(new ColumnNeed(Wanted: 10, Min: 6, CanGrow: true), columns)]);

        Assert.Equal((isLandscape, size, groups), (plan.Paper.Width > plan.Paper.Height, plan.FontSize, plan.Groups.Count));
    }

    [Fact]
    public void Fit_ShowsEveryColumnInsideTheFrame_ForAnyNeeds()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var needs = Enumerable.Range(0, random.Next(1, 200)).Select(_ => Need(random)).ToArray();

            var plan = TablePlan.Fit(Automatic, needs);

            Assert.Equal(
                Enumerable.Range(0, needs.Length), plan.Groups.SelectMany(group => group).Select(column => column.Index).Distinct());
            Assert.All(plan.Groups, group => Assert.InRange(group[^1].Left + group[^1].Width, 0, plan.Paper.Width - Paper.Margin + 0.1f));
            Assert.All(plan.Groups.SelectMany(group => group), column => Assert.True(column.TextWidth > 0));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(30, 1)]
    [InlineData(31, 2)]
    [InlineData(70, 2)]
    [InlineData(71, 3)]
    public void PageCount_CountsTheShorterFirstPage(long rows, long pages) =>
        Assert.Equal(pages, new PageCount(FirstRows: 30, OtherRows: 40, Groups: 1).For(rows));

    private static ColumnNeed Need(Random random)
    {
        var wanted = 0.5f + (random.NextSingle() * 300);
        return new ColumnNeed(wanted, Math.Min(wanted, random.NextSingle() * 300), random.Next(2) == 0);
    }
}
