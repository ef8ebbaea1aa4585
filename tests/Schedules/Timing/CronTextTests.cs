using System.Globalization;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Tests.Schedules.Timing;

public sealed class CronTextTests
{
    private static readonly string[] Names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

    [Theory]
    [InlineData("0 * * * *", true)]
    [InlineData("0 */1 * * *", true)]
    [InlineData("0 0-23 * * *", true)]
    [InlineData("0 0/1 * * *", true)]
    [InlineData("*/30 0-23/1 * * *", true)]
    [InlineData("0 0-11,12-23 * * *", true)]
    [InlineData("0 12-11 * * *", true)]
    [InlineData("0 23,0-22 * * *", true)]
    [InlineData("30 0 0-23 * * *", true)]
    [InlineData("0 */2 * * *", false)]
    [InlineData("0 1-23 * * *", false)]
    [InlineData("0 0-22 * * *", false)]
    [InlineData("0 3 * * *", false)]
    public void IsEveryHour_GoesByTheHoursItHolds_HoweverTheyAreWritten(string text, bool expected) =>
        Assert.Equal(expected, CronText.IsEveryHour(text));

    [Theory]
    [InlineData("7-3/2", "0 2")]
    [InlineData("SUN-WED/2", "0 2")]
    [InlineData("5-7/2", "0 5")]
    [InlineData("6-7", "0 6")]
    [InlineData("1-7/2", "0 1 3 5")]
    [InlineData("0-7/7", "0")]
    [InlineData("7-7", "0")]
    [InlineData("7,1", "0 1")]
    [InlineData("7/3", "0 3 6")]
    [InlineData("FRI-MON/3", "1 5")]
    [InlineData("7-2,5", "0 1 2 5")]
    [InlineData("*/3", "0 3 6")]
    [InlineData("MON#1", "1")]
    public void Days_AreThoseOfTheField_WithSundayAsSevenOrZero(string field, string days) => Assert.Equal(days, DaysOf(field));

    [Fact]
    public void Days_FollowTheRange_ForAllEndsAndSteps()
    {
        for (var first = 0; first <= 7; first++)
        {
            for (var last = 0; last <= 7; last++)
            {
                for (var step = 1; step <= 6; step++)
                {
                    var expected = Expected(first, last, step);

                    Assert.Equal(expected, DaysOf(string.Create(CultureInfo.InvariantCulture, $"{first}-{last}/{step}")));
                    if (first < 7 && last < 7)
                        Assert.Equal(expected, DaysOf(string.Create(CultureInfo.InvariantCulture, $"{Names[first]}-{Names[last]}/{step}")));
                }
            }
        }
    }

    [Theory]
    [InlineData("0 0 13 * FRI", true)]
    [InlineData("0 0 1-15 * 1-5", true)]
    [InlineData("0 0 0 L * 7", true)]
    [InlineData("0 0 13 * *", false)]
    [InlineData("0 0 * * FRI", false)]
    [InlineData("0 0 1-31 * FRI", false)]
    [InlineData("0 0 13 * 0-6", false)]
    [InlineData("0 0 ? * FRI", false)]
    [InlineData("0 0 13 * 1-7", false)]
    public void NamesBothDays_WhenBothAreNarrowed(string text, bool expected) => Assert.Equal(expected, CronText.NamesBothDays(text));

    [Theory]
    [InlineData("61 * * * *", "The minute field \"61\" is wrong. It takes 0 to 59")]
    [InlineData("0 24 * * *", "The hour field \"24\" is wrong. It takes 0 to 23")]
    [InlineData("0 0 32 * *", "The day-of-month field \"32\" is wrong. It takes 1 to 31")]
    [InlineData("0 0 0 * *", "The day-of-month field \"0\" is wrong.")]
    [InlineData("0 0 * 13 *", "The month field \"13\" is wrong. It takes 1 to 12 or JAN to DEC")]
    [InlineData("0 0 * * 8", "The day-of-week field \"8\" is wrong. It takes 0 to 7 or SUN to SAT")]
    [InlineData("0 0 * * MONDAY", "The day-of-week field \"MONDAY\" is wrong.")]
    [InlineData("0 6-x * * *", "The hour field \"6-x\" is wrong.")]
    [InlineData("*/0 * * * *", "The minute field \"*/0\" is wrong.")]
    [InlineData("60 0 0 * * *", "The second field \"60\" is wrong. It takes 0 to 59")]
    [InlineData("0 0 * *", "Has 4 fields.")]
    [InlineData("0 0 0 * * * 2027", "Has 7 fields.")]
    [InlineData("", "Has 0 fields.")]
    [InlineData("@daily", "\"@daily\" is not taken: use the frequency hourly, daily, weekly or monthly")]
    [InlineData("*/5 * * * * *", "by its second field")]
    [InlineData("0 0 30 2 *", "The day-of-month field \"30\" and the month field \"2\" name a day that never comes")]
    [InlineData("0 0 31 4,6,9,11 *", "name a day that never comes")]
    public void Problem_NamesTheFieldAndTheFix_WhenAnExpressionIsWrong(string text, string expected)
    {
        var problem = CronProblems.Of(text);

        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.True(
            problem!.Contains("such as", StringComparison.Ordinal) || problem.Contains("that comes:", StringComparison.Ordinal), problem);
    }

    [Theory]
    [InlineData("0 0 * * 7-3/2")]
    [InlineData("0 0 L * *")]
    [InlineData("0 0 15W * *")]
    [InlineData("0 0 29 2 MON")]
    [InlineData("0 0 * * FRI#2")]
    [InlineData("30 0 6 ? JAN-JUN/2 MON-FRI")]
    public void Problem_IsNone_WhenAnExpressionIsRight(string text) => Assert.Null(CronProblems.Of(text));

    /// <summary>The weekdays of a field, Sunday as 0: those of a fortnight that begins with a Sunday.</summary>
    private static string DaysOf(string field)
    {
        Assert.True(CronText.TryParse($"0 0 * * {field}", out var cron));
        var sunday = new DateTime(2027, 8, 1, 0, 0, 0, DateTimeKind.Utc);
        var days = cron.GetOccurrences(sunday, sunday.AddDays(14), TimeZoneInfo.Utc, fromInclusive: true, toInclusive: false);
        return string.Join(' ', days.Select(day => (int)day.DayOfWeek).Distinct().Order());
    }

    private static string Expected(int first, int last, int step)
    {
        var begin = first == 7 && last != 7 ? 0 : first;
        var end = last < begin ? last + 7 : last;
        var days = Enumerable.Range(begin, end - begin + 1).Where(day => (day - begin) % step == 0).Select(day => day % 7);
        return string.Join(' ', days.Distinct().Order());
    }
}
