using System.CommandLine;
using System.Text.Json.Nodes;

namespace ExportFunctions.Local.CommandLine;

/// <summary>
/// The options for when a schedule is due and how it behaves. Values are validated by the app, which names the field and the fix.
/// </summary>
internal sealed class TimingOptions
{
    private const string Frequency = "frequency";

    private readonly (Option<string> Option, string Field)[] _texts =
    [
        (new("--frequency") { Description = "hourly, daily, weekly, monthly or custom." }, Frequency),
        (new("--time") { Description = "Of a daily, weekly or monthly schedule, such as 06:30. [default: 00:00]" }, "time"),
        (new("--weekday") { Description = "Of a weekly schedule, such as friday. [default: monday]" }, "weekday"),
        (new("--cron") { Description = "Of a custom schedule: 5 fields, or 6 with seconds first, such as '0 6 * * 1-5'." }, "cron"),
        (new("--zone") { Description = "The time zone whose clock counts, such as Europe/Athens. [default: UTC]" }, "timeZone"),
        (new("--misfire") { Description = "What happens to missed runs: skip, runOnce or catchUp. [default: runOnce]" }, "misfire"),
        (new("--start") { Description = "Never due before, such as 2026-12-01T00:00:00Z." }, "startsAt"),
        (new("--end") { Description = "Never due after." }, "endsAt"),
    ];

    private readonly (Option<int?> Option, string Field)[] _numbers =
    [
        (new("--minute") { Description = "Of an hourly schedule. [default: 0]" }, "minute"),
        (new("--day") { Description = "Of a monthly schedule; 31 is the last day. [default: 1]" }, "dayOfMonth"),
        (new("--suspend-after") { Description = "Failed runs in a row after which it suspends itself. [default: 5]" }, "suspendAfter"),
    ];

    private readonly Option<bool> _overlap =
        new("--allow-overlap") { Description = "A run may start while the one before is still running." };

    private readonly Option<bool> _disabled = new("--disabled") { Description = "Make it paused." };

    /// <summary>The options of a timing.</summary>
    /// <param name="isChange">Whether they change an existing timing: what isn't given stays the same.</param>
    public TimingOptions(bool isChange = false) => _texts[0].Option.Required = !isChange;

    public void AddTo(Command command)
    {
        foreach (var (option, _) in _texts)
            command.Add(option);
        foreach (var (option, _) in _numbers)
            command.Add(option);
        command.Add(_overlap);
        command.Add(_disabled);
    }

    public void WriteTo(JsonObject schedule, ParseResult parsed)
    {
        // A weekday is meaningless for a daily schedule: another frequency starts with its own defaults.
        if (parsed.GetValue(_texts[0].Option) is { } frequency && schedule[Frequency] is { } present
            && present.GetValue<string>() != frequency)
        {
            foreach (var field in new[] { "minute", "time", "weekday", "dayOfMonth", "cron" })
                schedule.Remove(field);
        }

        foreach (var (option, field) in _texts)
        {
            if (parsed.GetValue(option) is { } text)
                schedule[field] = text;
        }

        foreach (var (option, field) in _numbers)
        {
            if (parsed.GetValue(option) is { } number)
                schedule[field] = number;
        }

        if (parsed.GetValue(_overlap))
            schedule["allowOverlap"] = true;
        if (parsed.GetValue(_disabled))
            schedule["enabled"] = false;
    }
}
