using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExportFunctions.Local.CommandLine;

/// <summary>The commands <c>exports</c> and <c>restore</c>: list exports and act on them.</summary>
/// <param name="commands">Calls the app.</param>
internal sealed class ExportsCommand(ApiCommands commands)
{
    private const string Exports = "api/v1/exports";

    private readonly Argument<string> _id = new("export") { Description = "The export's id." };
    private readonly Option<string> _status =
        new("--status") { Description = "Only queued, running, succeeded, failed, canceled or expired ones." };
    private readonly Option<string> _dataset = new("--dataset") { Description = "Only those of a dataset." };
    private readonly Option<string> _format = new("--format") { Description = "Only those in a format." };
    private readonly Option<string> _from =
        new("--from") { Description = "Only those asked for at this instant or later, such as 2026-12-01T00:00:00Z." };
    private readonly Option<string> _to = new("--to") { Description = "Only those asked for before this instant." };
    private readonly Option<int> _max = new("--max") { Description = "The most to list, the newest first.", DefaultValueFactory = _ => 50 };
    private readonly Option<string> _output =
        new("--output") { Description = "The file or folder to write to, or - for standard output. [default: the file's own name]" };
    private readonly Option<int?> _days = new("--days") { Description = "For how many days. [default: the app's]" };

    public Command Build() => commands.AddTo(new Command("exports", "Show exports of a running app, and cancel, download and repeat them.")
    {
        commands.On(new Command("list", "List exports, the newest first.") { _status, _dataset, _format, _from, _to, _max }, ListAsync),
        commands.On(new Command("show", "Show an export, and what was asked for.") { _id }, async call =>
            call.Answers.Show(await call.GetAsync(PathOf(call)))),
        commands.On(new Command("cancel", "Cancel an export.") { _id }, CancelAsync),
        commands.On(new Command("download", "Save an export's file.") { _id, _output }, DownloadAsync),
        commands.On(new Command("retry", "Ask for an export again that has ended.") { _id }, RetryAsync),
        commands.On(new Command("remove", "Remove an export and its file.") { _id }, RemoveAsync),
    });

    public Command BuildRestore() => commands.AddTo(
        commands.On(new Command("restore", "Bring back the archived file of an expired export.") { _id, _days }, RestoreAsync));

    private string PathOf(ApiCall call) => $"{Exports}/{call.Part(_id)}";

    private async Task ListAsync(ApiCall call)
    {
        var path = call.Query(Exports, ("status", _status), ("dataset", _dataset), ("format", _format), ("from", _from), ("to", _to));
        call.Answers.List(
            await call.Api.ListAsync(path, call.Parsed.GetValue(_max), call.CancellationToken),
            "There are no such exports.",
            ("id", "id"), ("status", "status"), ("dataset", "dataset"), ("format", "format"), ("rows", "rowsWritten"),
            ("asked for", "createdAt"),
            ("file", "file.name"), ("reason", "error.message"));
    }

    private async Task CancelAsync(ApiCall call)
    {
        var job = await call.PostAsync($"{PathOf(call)}/cancel");
        call.Answers.Say(
            $"{Answers.Text(job, "id")} is {(Answers.Text(job, "status") == "canceled" ? "canceled" : "about to be canceled")}.", job);
    }

    private async Task RetryAsync(ApiCall call)
    {
        var job = await call.PostAsync($"{PathOf(call)}/retry");
        call.Answers.Say($"Asked for again as export {Answers.Text(job, "id")}.", job);
    }

    private async Task RemoveAsync(ApiCall call)
    {
        await call.DeleteAsync(PathOf(call));
        call.Answers.Say(
            $"Removed {call.Parsed.GetRequiredValue(_id)} and its file.", new JsonObject { ["id"] = call.Parsed.GetRequiredValue(_id) });
    }

    private async Task RestoreAsync(ApiCall call)
    {
        var body = call.Parsed.GetValue(_days) is { } days ? new JsonObject { ["days"] = days } : null;
        var job = await call.PostAsync($"{PathOf(call)}/restore", body);
        call.Answers.Say($"The file of {Answers.Text(job, "id")} is being brought back: exports show says when it is there.", job);
    }

    private async Task DownloadAsync(ApiCall call)
    {
        var answer = await call.GetAsync(PathOf(call));
        var job = answer.Deserialize(ApiJson.Default.ExportJobView)!;
        if (job.File is not { } file)
            throw new CommandFailedException($"The export is {job.Status}, and has no file.");

        var target = OutputTarget.Find(call.Parsed.GetValue(_output), file.Name);
        using var client = new ExportClient(call.Api);
        await FileDownload.SaveAsync(client, job, target, call.CancellationToken);
        if (!target.IsStandardOutput)
            call.Answers.Say($"Saved {target.Path}", answer);
    }
}
