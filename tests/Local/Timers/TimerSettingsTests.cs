using ExportFunctions.Functions;
using ExportFunctions.Tests.Local.Hosting;

namespace ExportFunctions.Tests.Local.Timers;

/// <summary>What the worker on Azure says of its timers' settings.</summary>
public sealed class TimerSettingsTests
{
    public static TheoryData<string> Names { get; } = [.. TimerSettings.Names()];

    [Theory]
    [InlineData("CLEANUP_SCHEDULE")]
    [InlineData("EXPIRING_SCHEDULE")]
    [InlineData("EXPORTS_REQUEUE_SCHEDULE")]
    [InlineData("METRICS_SCHEDULE")]
    [InlineData("REPORT_SCHEDULE")]
    [InlineData("SCHEDULES_SCHEDULE")]
    public void Names_HaveTheSettingOfEachTimer(string setting) => Assert.Contains(setting, TimerSettings.Names());

    [Theory]
    [MemberData(nameof(Names))]
    public void Problem_NamesTheSettingInOneLine_WhenItsDayNeverComes(string setting)
    {
        var problem = TimerSettings.ProblemIn(LocalHosts.Settings((setting, "0 0 2 30 2 *")));

        Assert.StartsWith($"The setting '{setting}' has the schedule '0 0 2 30 2 *'", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem!);
    }

    [Theory]
    [InlineData("0 0 2 29 2 *")]
    [InlineData("*/15 * * * * *")]
    [InlineData("00:05:00")]
    public void Problem_IsNone_WhenTheHostCanJudgeForItself(string schedule) =>
        Assert.Null(TimerSettings.ProblemIn(LocalHosts.Settings(("CLEANUP_SCHEDULE", schedule))));
}
