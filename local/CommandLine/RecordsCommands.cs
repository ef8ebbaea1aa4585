using System.CommandLine;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The commands <c>datasets</c>, <c>deliveries</c>, <c>alerts</c> and <c>cleanup</c> of a running app.</summary>
/// <param name="commands">Calls the app.</param>
internal sealed class RecordsCommands(ApiCommands commands)
{
    private readonly Argument<string> _name = new("dataset") { Description = "The dataset's name." };
    private readonly Argument<string> _id = new("id") { Description = "Its id." };
    private readonly Option<int> _max = new("--max") { Description = "The most to list, the newest first.", DefaultValueFactory = _ => 50 };
    private readonly Option<string> _event = new("--event") { Description = "Only those of an event, such as export.failed." };
    private readonly Option<string> _state = new("--state") { Description = "Only pending, delivered or failed ones." };
    private readonly Option<string> _export = new("--export") { Description = "Only those about an export, by its id." };
    private readonly Option<string> _webhook = new("--webhook") { Description = "Only those to a webhook, by its id." };
    private readonly Option<bool> _open = new("--open") { Description = "Only those that nobody has acknowledged." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only show what it would do." };

    public IEnumerable<Command> Build()
    {
        yield return commands.AddTo(new Command("datasets", "Show what can be exported from a running app.")
        {
            commands.On(new Command("list", "List the datasets."), async call => call.Answers.List(
                await call.Api.ListAsync("api/v1/datasets", max: null, call.CancellationToken),
                "There are no datasets.",
                ("name", "name"),
                ("title", "title"),
                ("key", "key"))),
            commands.On(new Command("show", "List a dataset's columns.") { _name }, ShowDatasetAsync),
        });
        yield return commands.AddTo(new Command("deliveries", "Show what became of notifications, and deliver them again.")
        {
            commands.On(
                new Command("list", "List deliveries, the newest first.") { _event, _state, _export, _webhook, _max }, ListDeliveriesAsync),
            commands.On(
                new Command("show", "Show a delivery.") { _id },
                async call => call.Answers.Show(await call.GetAsync($"api/v1/deliveries/{call.Part(_id)}"))),
            commands.On(new Command("replay", "Deliver a notification again.") { _id }, async call =>
                call.Answers.Say("It is delivered again.", await call.PostAsync($"api/v1/deliveries/{call.Part(_id)}/replay"))),
        });
        yield return commands.AddTo(new Command("alerts", "Show what crossed a threshold.")
        {
            commands.On(new Command("list", "List alerts, the newest first.") { _open, _max }, ListAlertsAsync),
            commands.On(new Command("acknowledge", "Say that an alert is seen to.") { _id }, async call =>
                call.Answers.Say("Acknowledged.", await call.PostAsync($"api/v1/alerts/{call.Part(_id)}/acknowledge"))),
            commands.On(new Command("rules", "List the thresholds."), async call => call.Answers.List(
                await call.Api.ListAsync("api/v1/alerts/rules", max: null, call.CancellationToken),
                "There are no alert rules.",
                ("id", "id"), ("name", "name"), ("metric", "metric"), ("threshold", "threshold"), ("dataset", "dataset"),
                ("format", "format"), ("enabled", "enabled"))),
        });
        yield return commands.AddTo(commands.On(
            new Command("cleanup", "Archive or remove old files and records now.")
            {
                _dryRun,
                commands.On(new Command("list", "List past cleanups, the newest first.") { _max }, async call => call.Answers.List(
                    await call.Api.ListAsync("api/v1/maintenance/runs", call.Parsed.GetValue(_max), call.CancellationToken),
                    "There was no cleanup yet.",
                    ("id", "id"), ("status", "status"), ("started", "startedAt"), ("finished", "finishedAt"),
                    ("archived", "counts.filesArchived"), ("removed", "counts.filesRemoved"), ("problem", "problem"))),
                commands.On(
                    new Command("show", "Show a cleanup.") { _id },
                    async call => call.Answers.Show(await call.GetAsync($"api/v1/maintenance/runs/{call.Part(_id)}"))),
            },
            CleanUpAsync));
    }

    private async Task ShowDatasetAsync(ApiCall call)
    {
        var dataset = await call.GetAsync($"api/v1/datasets/{call.Part(_name)}");
        if (call.Answers.IsJson)
            call.Answers.Show(dataset);
        else
            call.Answers.List(
                dataset["columns"]!.AsArray(),
                "It has no columns.",
                ("name", "name"),
                ("title", "title"),
                ("type", "type"),
                ("operators", "operators"));
    }

    private async Task ListDeliveriesAsync(ApiCall call)
    {
        var path = call.Query("api/v1/deliveries", ("event", _event), ("state", _state), ("exportId", _export), ("webhookId", _webhook));
        call.Answers.List(
            await call.Api.ListAsync(path, call.Parsed.GetValue(_max), call.CancellationToken),
            "There are no such deliveries.",
            ("id", "id"), ("event", "event"), ("state", "state"), ("to", "to"), ("export", "exportId"), ("tries", "attempts"),
            ("made", "createdAt"), ("answer", "lastAnswer"));
    }

    private async Task ListAlertsAsync(ApiCall call)
    {
        var path = call.Parsed.GetValue(_open) ? "api/v1/alerts?acknowledged=false" : "api/v1/alerts";
        call.Answers.List(
            await call.Api.ListAsync(path, call.Parsed.GetValue(_max), call.CancellationToken),
            "There are no such alerts.",
            ("id", "id"), ("rule", "ruleName"), ("message", "message"), ("export", "exportId"), ("raised", "raisedAt"),
            ("acknowledged", "acknowledgedAt"));
    }

    private async Task CleanUpAsync(ApiCall call)
    {
        if (call.Parsed.GetValue(_dryRun))
        {
            call.Answers.Show(await call.PostAsync("api/v1/maintenance/cleanup?dryRun=true"));
            return;
        }

        var run = await call.PostAsync("api/v1/maintenance/cleanup");
        call.Answers.Say($"Cleanup {Answers.Text(run, "id")} has begun: cleanup show says how far it is.", run);
    }
}
