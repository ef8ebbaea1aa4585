using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ExportFunctions.Local.Http;
using Spectre.Console;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The command <c>schedules</c>: lists and changes the schedules of an app that runs.</summary>
/// <param name="setting">Looks up a setting, such as the function key.</param>
/// <param name="console">Says how it goes.</param>
internal sealed class SchedulesCommand(Func<string, string?> setting, IAnsiConsole console)
{
    private const string DefaultUrl = "http://localhost:7071";

    private readonly Option<string> _url = AppAddress.Option($"The running app. [default: {DefaultUrl}]");

    private readonly Option<string> _key = new("--key") { Description = $"The function key of that app. [default: the setting {FunctionKey.Setting}]" };

    private readonly Argument<string> _schedule = new("schedule") { Description = "The schedule's id, or its name where only one has it." };

    private readonly Argument<string> _name = new("name") { Description = "What people call it." };

    private readonly RequestOptions _request = new();

    private readonly TimingOptions _timing = new();

    public Command Build()
    {
        _url.Recursive = true;
        _key.Recursive = true;
        var add = new Command("add", "Make a schedule: … add \"Weekly students\" students --format csv --frequency weekly --time 06:00 --zone Europe/Athens") { _name };
        _request.AddTo(add);
        _timing.AddTo(add);
        return new Command("schedules", "List and change the schedules of a running app.")
        {
            _url,
            _key,
            On(new Command("list", "List all schedules."), ListAsync),
            On(add, AddAsync),
            On(new Command("pause", "Start no more runs.") { _schedule }, (client, parsed, token) => ChangeAsync(client, parsed, "pause", token)),
            On(new Command("resume", "Start runs again, from the next due time on.") { _schedule }, (client, parsed, token) => ChangeAsync(client, parsed, "resume", token)),
            On(new Command("run", "Start its export now; the rhythm does not move.") { _schedule }, RunAsync),
            On(new Command("remove", "Remove a schedule; its exports stay.") { _schedule }, RemoveAsync),
        };
    }

    /// <summary>The body of <c>POST /api/v1/schedules</c>.</summary>
    internal JsonObject Read(ParseResult parsed)
    {
        var schedule = new JsonObject { ["name"] = parsed.GetRequiredValue(_name), ["export"] = _request.Read(parsed).ToRequest() };
        _timing.WriteTo(schedule, parsed);
        return schedule;
    }

    private Command On(Command command, Func<ScheduleClient, ParseResult, CancellationToken, Task> run)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var url = new Uri(parsed.GetValue(_url) ?? DefaultUrl);
                using var client = new ScheduleClient(url, parsed.GetValue(_key) ?? setting(FunctionKey.Setting));
                await run(client, parsed, cancellationToken);
                return ExitCode.Succeeded;
            }
            catch (CommandFailedException exception)
            {
                var error = parsed.InvocationConfiguration.Error;
                await error.WriteLineAsync(exception.Message);
                if (exception.InnerException is HttpRequestException && parsed.GetValue(_url) is null)
                    await error.WriteLineAsync("Start it with: dotnet run --project local");
                return ExitCode.Failed;
            }
        });
        return command;
    }

    private async Task ListAsync(ScheduleClient client, ParseResult parsed, CancellationToken cancellationToken)
    {
        var schedules = await client.ListAsync(cancellationToken);
        if (schedules.Count == 0)
        {
            console.WriteLine("There are no schedules.");
            return;
        }

        var table = new Table().AddColumns("id", "name", "exports", "when", "state", "next due (UTC)");
        foreach (var schedule in schedules)
        {
            var state = schedule.SuspendedBecause is { } reason ? $"{schedule.State}: {reason}" : schedule.State;
            table.AddRow(new[] { schedule.Id, schedule.Name, $"{schedule.Dataset}, {schedule.Format}", schedule.InWords, state, Text(schedule.NextDue) }.Select(Markup.Escape).ToArray());
        }

        console.Write(table);
    }

    private async Task AddAsync(ScheduleClient client, ParseResult parsed, CancellationToken cancellationToken)
    {
        var schedule = await client.AddAsync(Read(parsed), cancellationToken);
        console.WriteLine($"Made {schedule.Id}, {schedule.State}: {schedule.InWords}. Due next:");
        foreach (var next in await client.NextAsync(schedule.Id, cancellationToken))
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {next.Local:yyyy-MM-dd HH:mm:ss zzz} ({next.Utc.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC) {next.Note}").TrimEnd());
    }

    private async Task ChangeAsync(ScheduleClient client, ParseResult parsed, string action, CancellationToken cancellationToken)
    {
        var found = await client.FindAsync(parsed.GetRequiredValue(_schedule), cancellationToken);
        var schedule = await client.ChangeAsync(found.Id, action, cancellationToken);
        console.WriteLine($"{schedule.Name} is {schedule.State}{(schedule.NextDue is null ? "" : $", due next {Text(schedule.NextDue)} UTC")}.");
    }

    private async Task RunAsync(ScheduleClient client, ParseResult parsed, CancellationToken cancellationToken)
    {
        var found = await client.FindAsync(parsed.GetRequiredValue(_schedule), cancellationToken);
        var run = await client.RunAsync(found.Id, cancellationToken);
        console.WriteLine($"{found.Name} runs as export {run.ExportId}: follow it at {run.Url}");
    }

    private async Task RemoveAsync(ScheduleClient client, ParseResult parsed, CancellationToken cancellationToken)
    {
        var found = await client.FindAsync(parsed.GetRequiredValue(_schedule), cancellationToken);
        await client.RemoveAsync(found.Id, cancellationToken);
        console.WriteLine($"Removed {found.Name}; its exports stay.");
    }

    private static string Text(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
}
