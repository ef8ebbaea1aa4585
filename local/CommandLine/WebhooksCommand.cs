using System.CommandLine;
using System.Text.Json.Nodes;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The command <c>webhooks</c>: manages the endpoints called on events.</summary>
/// <param name="commands">Calls the app.</param>
internal sealed class WebhooksCommand(ApiCommands commands)
{
    private const string Webhooks = "api/v1/webhooks";

    private readonly Argument<string> _id = new("webhook") { Description = "The webhook's id." };
    private readonly Argument<string> _name = new("name") { Description = "What people call it." };
    private readonly Argument<string> _address = new("address") { Description = "The https address that is called." };
    private readonly Option<string[]> _events =
        new("--event") { Description = "Only of this event, such as export.failed; may be repeated." };
    private readonly Option<string> _kind = new("--kind") { Description = "standard, slack or teams. [default: standard]" };
    private readonly Option<string> _event = new("--event") { Description = "The event that is made up. [default: export.succeeded]" };
    private readonly Option<string> _keepOldFor =
        new("--keep-old-for") { Description = "For how long the old secret signs as well. [default: 1.00:00:00]" };

    public Command Build() => commands.AddTo(new Command("webhooks", "List, make and try webhooks of a running app.")
    {
        commands.On(new Command("list", "List all webhooks."), async call => call.Answers.List(
            await call.Api.ListAsync(Webhooks, max: null, call.CancellationToken),
            "There are no webhooks.",
            ("id", "id"), ("name", "name"), ("kind", "kind"), ("address", "url"), ("events", "events"), ("enabled", "enabled"),
            ("disabled because", "disabledBecause"))),
        commands.On(new Command("show", "Show a webhook.") { _id }, async call => call.Answers.Show(await call.GetAsync(PathOf(call)))),
        commands.On(new Command("add", "Make a webhook; its secret is shown this once.") { _name, _address, _events, _kind }, AddAsync),
        commands.On(new Command("test", "Send a made-up event.") { _id, _event }, async call =>
            call.Answers.Show(await call.PostAsync(call.Query($"{PathOf(call)}/test", ("event", _event))))),
        commands.On(new Command("rotate", "Give a webhook a new secret, which is shown this once.") { _id, _keepOldFor }, async call =>
            call.Answers.Show(
                await call.PostAsync(
                    $"{PathOf(call)}/rotate",
                    call.Parsed.GetValue(_keepOldFor) is { } keep ? new JsonObject { ["keepOldFor"] = keep } : null))),
        commands.On(new Command("enable", "Enable a webhook that was disabled.") { _id }, async call =>
            call.Answers.Say("It is enabled.", await call.PostAsync($"{PathOf(call)}/enable"))),
        commands.On(new Command("remove", "Remove a webhook.") { _id }, RemoveAsync),
    });

    private string PathOf(ApiCall call) => $"{Webhooks}/{call.Part(_id)}";

    private async Task AddAsync(ApiCall call)
    {
        var body = new JsonObject { ["name"] = call.Parsed.GetRequiredValue(_name), ["url"] = call.Parsed.GetRequiredValue(_address) };
        if (call.Parsed.GetValue(_events) is { Length: > 0 } events)
            body["events"] = new JsonArray([.. events.Select(name => (JsonNode)name)]);
        if (call.Parsed.GetValue(_kind) is { } kind)
            body["kind"] = kind;

        call.Answers.Show(await call.PostAsync(Webhooks, body));
    }

    private async Task RemoveAsync(ApiCall call)
    {
        await call.DeleteAsync(PathOf(call));
        call.Answers.Say("It is removed.", new JsonObject { ["id"] = call.Parsed.GetRequiredValue(_id) });
    }
}
