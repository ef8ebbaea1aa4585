using ExportFunctions.Problems;
using ExportFunctions.Schedules.Timing;
using ExportFunctions.Tests.Problems;

namespace ExportFunctions.Tests.Schedules.Timing;

public sealed class ScheduleTimingReaderTests
{
    [Theory]
    [InlineData("""{"frequency":"hourly"}""", "every hour, on the hour, UTC")]
    [InlineData("""{"frequency":"hourly","minute":5}""", "every hour at minute 5, UTC")]
    [InlineData("""{"frequency":"daily"}""", "every day at 00:00, UTC")]
    [InlineData("""{"frequency":"daily","time":"06:30","timeZone":"Europe/Athens"}""", "every day at 06:30, Europe/Athens")]
    [InlineData("""{"frequency":"weekly"}""", "every Monday at 00:00, UTC")]
    [InlineData("""{"frequency":"weekly","weekday":"friday","time":"18:00"}""", "every Friday at 18:00, UTC")]
    [InlineData("""{"frequency":"monthly"}""", "the 1st of every month at 00:00, UTC")]
    [InlineData("""{"frequency":"monthly","dayOfMonth":31}""", "the last day of every month at 00:00, UTC")]
    [InlineData("""{"frequency":"custom","cron":"0 6 * * MON-FRI"}""", "by the cron expression 0 6 * * MON-FRI, UTC")]
    [InlineData("""{"frequency":"custom","cron":"15 0 6 * * *","name":"another field"}""", "by the cron expression 15 0 6 * * *, UTC")]
    [InlineData(
        """{"frequency":"custom","cron":"0 0 13 * FRI"}""",
        "by the cron expression 0 0 13 * FRI, on days that match both its day of the month and its day of the week, UTC")]
    public void Read_GivesTheTiming_WhenItIsRight(string json, string inWords)
    {
        var errors = new FieldErrors();

        var timing = ScheduleTimingReader.Read(GivenFields.Open(json, errors, [.. ScheduleTimingReader.Fields, "name"])!);

        Assert.True(errors.IsEmpty);
        Assert.Equal(inWords, timing?.InWords());
        Assert.NotNull(Occurrences.For(timing!).Next(DateTimeOffset.UnixEpoch));
    }

    [Theory]
    [InlineData("{}", "frequency")]
    [InlineData("""{"frequency":"yearly"}""", "frequency")]
    [InlineData("""{"frequency":7}""", "frequency")]
    [InlineData("""{"frequency":"hourly","minute":60}""", "minute")]
    [InlineData("""{"frequency":"hourly","minute":"5"}""", "minute")]
    [InlineData("""{"frequency":"hourly","time":"05:00"}""", "time")]
    [InlineData("""{"frequency":"daily","time":"5:00"}""", "time")]
    [InlineData("""{"frequency":"daily","time":"24:00"}""", "time")]
    [InlineData("""{"frequency":"daily","weekday":"monday"}""", "weekday")]
    [InlineData("""{"frequency":"weekly","weekday":"Mon"}""", "weekday")]
    [InlineData("""{"frequency":"weekly","dayOfMonth":3}""", "dayOfMonth")]
    [InlineData("""{"frequency":"monthly","dayOfMonth":0}""", "dayOfMonth")]
    [InlineData("""{"frequency":"monthly","dayOfMonth":32}""", "dayOfMonth")]
    [InlineData("""{"frequency":"daily","cron":"0 6 * * *"}""", "cron")]
    [InlineData("""{"frequency":"custom"}""", "cron")]
    [InlineData("""{"frequency":"custom","cron":"every day"}""", "cron")]
    [InlineData("""{"frequency":"custom","cron":"@daily"}""", "cron")]
    [InlineData("""{"frequency":"custom","cron":"0 25 * * *"}""", "cron")]
    [InlineData("""{"frequency":"custom","cron":"*/5 * * * * *"}""", "cron")]
    [InlineData("""{"frequency":"custom","cron":"0 0 30 2 *"}""", "cron")]
    [InlineData("""{"frequency":"daily","timeZone":"Mars/Olympus"}""", "timeZone")]
    [InlineData("""{"frequency":"daily","timeZone":3}""", "timeZone")]
    public void Read_NamesTheFieldAndAnExample_WhenItIsWrong(string json, string field)
    {
        var errors = new FieldErrors();

        var timing = ScheduleTimingReader.Read(GivenFields.Open(json, errors, ScheduleTimingReader.Fields)!);

        Assert.Null(timing);
        var (name, messages) = Assert.Single(errors.ByField);
        Assert.Equal(field, name);
        Assert.True(messages.Single().Contains("such as", StringComparison.Ordinal) || messages.Single().Contains(
            "Belongs to", StringComparison.Ordinal) || messages.Single().Contains("come", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0 0 13 * FRI", "only on days that match both")]
    [InlineData("0 0 13 * *", "")]
    public void Warnings_SayWhichRuleApplies_WhenBothDaysAreNarrowed(string cron, string warning)
    {
        var warnings = new ScheduleTiming { Frequency = ScheduleFrequency.Custom, Cron = cron }.Warnings();

        Assert.Equal(warning.Length > 0 ? 1 : 0, warnings.Count);
        Assert.All(warnings, text => Assert.Contains(warning, text, StringComparison.Ordinal));
        Assert.All(warnings, text => Assert.Contains("POSIX cron", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_NamesAllFields_WhenSeveralAreWrong()
    {
        var errors = new FieldErrors();

        ScheduleTimingReader.Read(GivenFields.Open(
            """{"frequency":"weekly","time":"noon","weekday":"tag","timeZone":"here"}""", errors, ScheduleTimingReader.Fields)!);

        Assert.Equal(["time", "timeZone", "weekday"], errors.ByField.Keys);
    }
}
