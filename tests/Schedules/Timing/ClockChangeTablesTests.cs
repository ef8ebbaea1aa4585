using System.Globalization;
using System.Text;
using ExportFunctions.Local.Hosting;
using ExportFunctions.Schedules.Timing;

namespace ExportFunctions.Tests.Schedules.Timing;

/// <summary>
/// The tables of clock changes in docs/schedules.md are what the code computes. With UPDATE_DOCS=1 they are written anew.
/// </summary>
public sealed class ClockChangeTablesTests
{
    private const string Begin = "<!-- clock changes: made by ClockChangeTablesTests -->";
    private const string End = "<!-- end of clock changes -->";

    private static readonly (string Title, string Zone, string From, int Count, ScheduleTiming Timing)[] Tables =
    [
        (
            "Athens puts its clock forward (2027-03-28, 03:00 becomes 04:00): daily at 03:30",
            "Europe/Athens",
            "2027-03-27T00:00Z",
            3,
            Daily(3, 30)),
        ("Athens puts it back (2027-10-31, 04:00 becomes 03:00): daily at 03:30", "Europe/Athens", "2027-10-30T00:00Z", 3, Daily(3, 30)),
        ("Athens puts it back: hourly at minute 15", "Europe/Athens", "2027-10-30T23:00Z", 4, Hourly(15)),
        (
            "New York puts its clock forward (2027-03-14, 02:00 becomes 03:00): daily at 02:30",
            "America/New_York",
            "2027-03-13T00:00Z",
            3,
            Daily(2, 30)),
        (
            "Lord Howe puts its clock forward by half an hour (2026-10-04, 02:00 becomes 02:30): daily at 02:15",
            "Australia/Lord_Howe",
            "2026-10-02T00:00Z",
            3,
            Daily(2, 15)),
        (
            "Lord Howe puts it back by half an hour (2027-04-04, 02:00 becomes 01:30): hourly at minute 45",
            "Australia/Lord_Howe",
            "2027-04-03T13:00Z",
            4,
            Hourly(45)),
        (
            "Casablanca puts its clock forward when Ramadan ends (2027-03-14, 02:00 becomes 03:00): daily at 02:30",
            "Africa/Casablanca",
            "2027-03-13T00:00Z",
            3,
            Daily(2, 30)),
        (
            "Apia leaves out a day (2011-12-30, for the other side of the date line): daily at 06:00",
            "Pacific/Apia",
            "2011-12-29T00:00Z",
            3,
            Daily(6, 0)),
    ];

    [Fact]
    public void Docs_ShowWhatTheCodeComputes()
    {
        var path = Path.Combine(Repository.Find().Root, "docs", "schedules.md");
        var text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= 0 && end > begin, "The marks around the tables are gone.");
        var expected = $"{Begin}\n\n{string.Join('\n', Tables.Select(Table))}\n";
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..begin] + expected + text[end..]);
            return;
        }

        Assert.Equal(expected, text[begin..end]);
    }

    private static string Table((string Title, string Zone, string From, int Count, ScheduleTiming Timing) table)
    {
        var from = DateTimeOffset.Parse(table.From, CultureInfo.InvariantCulture);
        var lines = new StringBuilder($"**{table.Title}**\n\n| due, local time | offset | UTC | why |\n| --- | --- | --- | --- |\n");
        foreach (var next in Occurrences.For(
            table.Timing with { TimeZone = table.Zone }).After(from, startsAt: null, endsAt: null).Take(table.Count))
        {
            var why = next.ClockChange switch
            {
                ClockChange.Gap => "that time is skipped: the first valid one after it",
                ClockChange.Overlap => "that time comes twice: once, the first time",
                ClockChange.Repeat => "the same time again, an hour later",
                _ => "",
            };
            var sign = next.Offset < TimeSpan.Zero ? '-' : '+';
            lines.Append(
                CultureInfo.InvariantCulture,
                $"| {next.Local:ddd yyyy-MM-dd HH:mm} | {sign}{next.Offset:hh\\:mm} | {next.At.UtcDateTime:yyyy-MM-dd HH:mm} | {why} |\n");
        }

        return lines.ToString();
    }

    private static ScheduleTiming Daily(int hour, int minute) =>
        new() { Frequency = ScheduleFrequency.Daily, Time = new TimeOnly(hour, minute) };

    private static ScheduleTiming Hourly(int minute) => new() { Frequency = ScheduleFrequency.Hourly, Minute = minute };
}
