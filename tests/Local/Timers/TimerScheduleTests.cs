using ExportFunctions.Local.Hosting;
using ExportFunctions.Local.Timers;
using ExportFunctions.Tests.Local.Hosting;

namespace ExportFunctions.Tests.Local.Timers;

public sealed class TimerScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 25, 0, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("*/15 * * * * *", "2026-10-25T00:30:15Z")]
    [InlineData("0 0 2 * * *", "2026-10-25T02:00:00Z")]
    [InlineData("0 0 0 * * MON", "2026-10-26T00:00:00Z")]
    [InlineData("0 30 9 1,15 JAN-JUN *", "2027-01-01T09:30:00Z")]
    // Both days must match in NCRONTAB: the next Friday that is a 13th.
    [InlineData("0 0 0 13 * 5", "2026-11-13T00:00:00Z")]
    public void After_IsTheNextOccurrenceInUtc_ForASchedule(string schedule, string expected)
    {
        var next = Read(schedule).After(Start);

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), next);
    }

    [Fact]
    public void LastBetween_IsTheLatest_WhenSeveralWereMissed()
    {
        var schedule = Read("0 0 * * * *");

        var last = schedule.LastBetween(Start, Start.AddHours(5));

        Assert.Equal(Start.AddHours(4.5), last);
        Assert.Null(schedule.LastBetween(Start, Start.AddMinutes(29)));
        Assert.Equal(Start, Read("* * * * * *").LastBetween(DateTimeOffset.MinValue, Start.AddMilliseconds(400)));
        Assert.Equal(
            new DateTimeOffset(2024, 2, 29, 0, 0, 0, TimeSpan.Zero), Read("0 0 0 29 2 *").LastBetween(DateTimeOffset.MinValue, Start));
        Assert.Null(Read("0 0 0 29 2 *").LastBetween(Start.AddYears(-1), Start));
    }

    [Fact]
    public void Read_TakesTheSchedule_FromTheSettingItNames()
    {
        var schedule = TimerSchedule.Read(Timer("%EVERY%"), LocalHosts.Settings(("EVERY", "0 */5 * * * *")));

        Assert.Equal(Start.AddMinutes(5), schedule.After(Start));
    }

    [Fact]
    public void Read_NamesFunctionAndSetting_WhenTheSettingIsMissing()
    {
        var failure = Assert.Throws<StartFailedException>(() => TimerSchedule.Read(Timer("%EVERY%"), LocalHosts.Settings()));

        Assert.Contains("'Requeue'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'EVERY'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("* * * * *")]
    [InlineData("@daily")]
    [InlineData("0 0 0 L * *")]
    [InlineData("0 0 0 ? * 1")]
    [InlineData("0 0 0 * * 1#2")]
    [InlineData("0 0 0 * * 7")]
    [InlineData("0 61 * * * *")]
    [InlineData("00:05:00")]
    [InlineData("0 0 2 30 2 *")]
    [InlineData("0 0 2 31 4,6 *")]
    [InlineData("whenever")]
    public void Read_SaysHowToWriteIt_WhenAzureWouldRefuseTheSchedule(string schedule)
    {
        var failure = Assert.Throws<StartFailedException>(() => Read(schedule));

        Assert.Contains($"'{schedule}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("{second} {minute}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CLEANUP_SCHEDULE", "0 0 2 30 2 *", "a day that never comes, such as 30 February")]
    [InlineData("REPORT_SCHEDULE", "0 0 25 * * *", "")]
    [InlineData("METRICS_SCHEDULE", "never", "six fields")]
    public void Read_NamesTheSettingInOneLine_WhenItsScheduleCannotBeUsed(string setting, string schedule, string why)
    {
        var failure = Assert.Throws<StartFailedException>(
            () => TimerSchedule.Read(Timer($"%{setting}%"), LocalHosts.Settings((setting, schedule))));

        Assert.StartsWith($"The setting '{setting}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private static TimerSchedule Read(string schedule) => TimerSchedule.Read(Timer(schedule), LocalHosts.Settings());

    private static TimerFunction Timer(string schedule) =>
        new("Requeue", typeof(TestFunctions).GetMethod(nameof(TestFunctions.TimerAsync))!, schedule, RunOnStartup: false, UseMonitor: true);
}
