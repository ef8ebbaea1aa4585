using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The command <c>schedules</c>: shows and changes the schedules of a running app.</summary>
/// <param name="commands">Calls the app.</param>
internal sealed class SchedulesCommand(ApiCommands commands)
{
    private const string Schedules = ScheduleFinding.Schedules;

    private static readonly (string, string)[] OccurrenceColumns = [("local", "local"), ("UTC", "utc"), ("note", "note")];

    private readonly Argument<string> _schedule = new("schedule") { Description = "The schedule's id, or its name where only one has it." };

    private readonly Argument<string> _name = new("name") { Description = "What people call it." };

    private readonly Option<string> _newName = new("--name") { Description = "Another name." };

    private readonly Option<string> _count = new("--count") { Description = "How many. [default: 5]" };

    private readonly Option<int> _max = new("--max") { Description = "The most to list, the newest first.", DefaultValueFactory = _ => 50 };

    private readonly RequestOptions _request = new();

    private readonly TimingOptions _timing = new();

    private readonly RequestOptions _newRequest = new(isChange: true);

    private readonly TimingOptions _newTiming = new(isChange: true);

    public Command Build()
    {
        var add =
            new Command(
                "add",
                "Make a schedule: … add \"Weekly students\" students --format csv --frequency weekly --time 06:00 --zone"
                    + " Europe/Athens") { _name };
        _request.AddTo(add);
        _timing.AddTo(add);
        var edit = new Command("edit", "Change a schedule; what isn't given stays.") { _schedule, _newName };
        _newRequest.AddTo(edit);
        _newTiming.AddTo(edit);
        return commands.AddTo(new Command("schedules", "List and change the schedules of a running app.")
        {
            commands.On(new Command("list", "List all schedules."), ListAsync),
            commands.On(
                new Command("show", "Show a schedule.") { _schedule },
                async call => call.Answers.Show(await call.GetAsync(await PathAsync(call)))),
            commands.On(new Command("next", "List when a schedule is due next.") { _schedule, _count }, NextAsync),
            commands.On(new Command("runs", "List what came of a schedule's due times, the newest first.") { _schedule, _max }, RunsAsync),
            commands.On(add, AddAsync),
            commands.On(edit, EditAsync),
            commands.On(new Command("pause", "Start no more runs.") { _schedule }, call => ChangeAsync(call, "pause")),
            commands.On(
                new Command("resume", "Start runs again, from the next due time on.") { _schedule }, call => ChangeAsync(call, "resume")),
            commands.On(new Command("run", "Start its export now; the rhythm does not move.") { _schedule }, RunAsync),
            commands.On(new Command("remove", "Remove a schedule; its exports stay.") { _schedule }, RemoveAsync),
        });
    }

    /// <summary>The body of <c>POST /api/v1/schedules</c>.</summary>
    internal JsonObject Read(ParseResult parsed)
    {
        var schedule = new JsonObject { ["name"] = parsed.GetRequiredValue(_name), ["export"] = _request.Read(parsed).ToRequest() };
        _timing.WriteTo(schedule, parsed);
        return schedule;
    }

    private async Task<string> PathAsync(ApiCall call) =>
        $"{Schedules}/{(await call.FindScheduleAsync(call.Parsed.GetRequiredValue(_schedule))).Id}";

    private static async Task ListAsync(ApiCall call) => call.Answers.List(
        await call.Api.ListAsync($"{Schedules}?pageSize=500", max: null, call.CancellationToken),
        "There are no schedules.",
        ("id", "id"), ("name", "name"), ("dataset", "dataset"), ("format", "format"), ("when", "inWords"), ("state", "state"),
        ("next due (UTC)", "nextDue"), ("suspended because", "suspendedBecause"));

    private async Task NextAsync(ApiCall call) => call.Answers.List(
        (await call.GetAsync(call.Query($"{await PathAsync(call)}/next", ("count", _count))))["items"]!.AsArray(), "It is never due again.",
        OccurrenceColumns);

    private async Task RunsAsync(ApiCall call) => call.Answers.List(
        await call.Api.ListAsync($"{await PathAsync(call)}/runs", call.Parsed.GetValue(_max), call.CancellationToken),
        "It was not due yet.",
        ("due", "dueAt"), ("outcome", "outcome"), ("export id", "exportId"), ("late (s)", "secondsLate"), ("by hand", "byHand"),
        ("reason", "reason"));

    private async Task AddAsync(ApiCall call)
    {
        var schedule = await call.PostAsync(Schedules, Read(call.Parsed));
        call.Answers.Say(
            $"Made {Answers.Text(schedule, "id")}, {Answers.Text(schedule, "state")}: {Answers.Text(schedule, "inWords")}. Due next:",
            schedule);
        if (call.Answers.IsJson)
            return;

        foreach (var next in (await call.GetAsync($"{Schedules}/{Answers.Text(schedule, "id")}/next"))["items"]!.AsArray())
        {
            var (local, utc) = (next!["local"]!.GetValue<DateTimeOffset>(), next["utc"]!.GetValue<DateTimeOffset>().UtcDateTime);
            call.Console.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"  {local:yyyy-MM-dd HH:mm:ss zzz} ({utc:yyyy-MM-dd HH:mm:ss} UTC) {Answers.Text(next, "note")}").TrimEnd());
        }
    }

    private async Task EditAsync(ApiCall call)
    {
        var path = await PathAsync(call);
        var (shown, etag) = await call.Api.ReadAsync(HttpMethod.Get, path, call.CancellationToken);
        var request = ScheduleEdit.RequestOf(shown);
        if (call.Parsed.GetValue(_newName) is { } name)
            request["name"] = name;
        _newRequest.WriteTo(call.Parsed, request["export"]!.AsObject());
        _newTiming.WriteTo(request, call.Parsed);

        var (changed, _) = await call.Api.ReadAsync(HttpMethod.Put, path, call.CancellationToken, request, etag);
        call.Answers.Say($"{Answers.Text(changed, "name")}: {Answers.Text(changed, "inWords")}{DueNext(changed)}.", changed);
    }

    private async Task ChangeAsync(ApiCall call, string action)
    {
        var schedule = await call.PostAsync($"{await PathAsync(call)}/{action}");
        call.Answers.Say($"{Answers.Text(schedule, "name")} is {Answers.Text(schedule, "state")}{DueNext(schedule)}.", schedule);
    }

    private async Task RunAsync(ApiCall call)
    {
        var (id, name) = await call.FindScheduleAsync(call.Parsed.GetRequiredValue(_schedule));
        var run = await call.PostAsync($"{Schedules}/{id}/run");
        call.Answers.Say($"{name} runs as export {Answers.Text(run, "exportId")}: follow it at {Answers.Text(run, "url")}", run);
    }

    private async Task RemoveAsync(ApiCall call)
    {
        var (id, name) = await call.FindScheduleAsync(call.Parsed.GetRequiredValue(_schedule));
        await call.DeleteAsync($"{Schedules}/{id}");
        call.Answers.Say($"Removed {name}; its exports stay.", new JsonObject { ["id"] = id });
    }

    private static string DueNext(JsonNode schedule) => schedule["nextDue"] is { } due
        ? string.Create(CultureInfo.InvariantCulture, $", due next {due.GetValue<DateTimeOffset>().UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
        : "";
}
